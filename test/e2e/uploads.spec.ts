import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { seedFiles } from '#server/seed/leaflets/seed-leaflets.ts';
import { expect, test } from './community.ts';

async function choose(page: Page, button: string, file: string | { name: string; mimeType: string; buffer: Buffer }) {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: `选文件：${button}` }).click(),
  ]);
  await chooser.setFiles(file);
}

async function openNew(page: Page, kind: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByRole('button', { name: '写一份' }).click();
  const form = page.getByRole('form', { name: '写一份' });
  await form.getByRole('combobox', { name: '形式' }).click();
  await page.getByTitle(kind, { exact: true }).click();
  await form.getByRole('group', { name: '标题' }).getByLabel('中文（必填）').fill(`测试：${kind}`);
  await form.getByRole('group', { name: '内容提要' }).getByLabel('中文（必填）').fill('一句话');
}

const fileOf = (type: string): string => {
  const found = seedFiles().find(({ file }) => file.type === type);
  if (found === undefined) throw new Error(`the seed has no ${type}`);
  return found.path;
};

test('an editor sends pictures, puts them in order, and a file that lies about itself is refused in plain words', async ({
  community,
}) => {
  const page = await community.openConsole('editor');
  await openNew(page, '图片');
  const script = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('#!/bin/sh\nrm -rf /\n') };
  await choose(page, '图片', script);
  await expect(page.getByText('看的是内容，不是名字')).toBeVisible();
  const hostile = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  await choose(page, '图片', { name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(hostile) });
  await expect(page.getByText('文件里有脚本')).toBeVisible();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByText('请先选好文件')).toBeVisible();

  const drawing = (colour: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><rect width="80" height="60" fill="${colour}"/></svg>`,
    );
  await choose(page, '图片', { name: 'red.svg', mimeType: 'image/svg+xml', buffer: drawing('#a50f18') });
  await expect(page.getByAltText('第 1 张')).toBeVisible();
  await choose(page, '图片', { name: 'blue.svg', mimeType: 'image/svg+xml', buffer: drawing('#1b5e8c') });
  await expect(page.getByAltText('第 2 张')).toBeVisible();
  const before = await page.getByAltText('第 1 张').getAttribute('src');
  await page.getByRole('button', { name: '第 2 张往前移' }).click();
  await expect(page.getByAltText('第 2 张')).toHaveAttribute('src', before ?? '');
  await page.getByLabel('图片说明 1 中文（必填）').fill('蓝色的');
  await page.getByRole('button', { name: '保存草稿' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: '测试：图片' })).toBeVisible();
  await expect(dialog.getByText('蓝色的')).toBeVisible();
});

test('a PDF is counted by the server, and a film is no PDF', async ({ community }) => {
  const page = await community.openConsole('editor');
  await openNew(page, 'PDF 文件');
  await choose(page, '中文 PDF（必须有）', fileOf('video/webm'));
  await expect(page.getByText('这里要的不是这种文件')).toBeVisible();
  await choose(page, '中文 PDF（必须有）', fileOf('application/pdf'));
  await expect(page.getByText(/\d 页/)).toBeVisible();
  await page.getByRole('button', { name: '保存草稿' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: '测试：PDF 文件' })).toBeVisible();
});

test('a picture is put into an article, and an approver sees what the next version changed', async ({ community }) => {
  const page = await community.openConsole('editor');
  await openNew(page, '文章');
  await page.getByRole('group', { name: '正文' }).getByLabel('中文（必填）').fill('第一句。');
  await choose(page, '图片', join(fileOf('image/webp')));
  await page.getByRole('button', { name: '把第 1 张放进正文' }).click();
  await expect(page.getByRole('region', { name: '居民看到的样子' }).getByRole('img')).toBeVisible();
  await page.getByRole('button', { name: '保存草稿' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: '测试：文章' })).toBeVisible();
  await dialog.getByRole('button', { name: '送审', exact: true }).click();
  await dialog.getByRole('group', { name: '送审' }).getByRole('button', { name: '送审', exact: true }).click();
  const reviewer = await community.openConsole('reviewer');
  const open = async () => {
    await reviewer.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
    await reviewer.getByRole('button', { name: '打开《测试：文章》' }).click();
  };
  await open();
  const other = reviewer.getByRole('dialog');
  await other.getByRole('button', { name: '批准', exact: true }).click();
  await other.getByRole('group', { name: '批准' }).getByRole('button', { name: '批准', exact: true }).click();
  await expect(other.getByText('已批准').first()).toBeVisible();

  await page.reload();
  await dialog.getByRole('button', { name: '写新的一版' }).click();
  await dialog.getByRole('button', { name: '修改' }).click();
  await dialog.getByRole('group', { name: '标题' }).getByLabel('中文（必填）').fill('测试：新文章');
  await dialog.getByRole('button', { name: '保存草稿' }).click();
  const difference = dialog.getByRole('region', { name: '和上一版的不同' });
  await expect(difference.locator('ins')).toHaveText('新');
});
