import type { Page } from '@playwright/test';
import { expect, test } from './community.ts';

/** Of the seed: the emergency that is kept ready as a draft. */
const TITLE = '今晚停水';

async function openLeaflet(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByRole('button', { name: `打开《${TITLE}》` }).click();
  await page.getByRole('dialog').getByRole('heading', { name: TITLE }).waitFor();
}

/** The step, the question before it, and yes. */
async function take(page: Page, step: string, remark?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: step, exact: true }).click();
  const sure = dialog.getByRole('group', { name: step });
  if (remark !== undefined) await sure.getByRole('textbox').fill(remark);
  await sure.getByRole('button', { name: step, exact: true }).click();
}

test('a leaflet goes from the editor to the reviewer, back with a reason, and is approved', async ({ community }) => {
  const editor = await community.openConsole('editor');
  await openLeaflet(editor);
  await expect(editor.getByText('水管抢修')).toBeVisible();
  await expect(editor.getByRole('dialog').getByRole('button', { name: '批准' })).toHaveCount(0);
  await take(editor, '送审');
  await expect(editor.getByRole('dialog').getByText('待审').first()).toBeVisible();

  const reviewer = await community.openConsole('reviewer');
  // Loans and terminals are not theirs.
  await expect(reviewer.getByRole('navigation').getByRole('link')).toHaveText(['总览', '宣传册', '发布', '我的账号']);
  await openLeaflet(reviewer);
  await take(reviewer, '退回', '请写清楚哪些楼停水');
  await expect(reviewer.getByRole('dialog').getByText('草稿').first()).toBeVisible();

  // The editor still sees it as submitted: reads anew, and sends it again.
  await editor.reload();
  await expect(editor.getByText('请写清楚哪些楼停水')).toBeVisible();
  await take(editor, '送审');
  await reviewer.reload();
  await take(reviewer, '批准');
  await expect(reviewer.getByRole('dialog').getByText('已批准').first()).toBeVisible();

  const admin = await community.openConsole();
  await admin.getByRole('navigation').getByRole('link', { name: '操作记录' }).click();
  await expect(admin.getByRole('row', { name: /reviewer 批准宣传册/ })).toBeVisible();
  await expect(admin.getByRole('row', { name: /reviewer 退回宣传册 .*请写清楚哪些楼停水/ })).toBeVisible();
});

test('each leaflet of the seed opens and shows its pictures', async ({ community }) => {
  const page = await community.openConsole('reviewer');
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByRole('button', { name: '打开《好邻居五件事》' }).click();
  const picture = page.getByRole('img', { name: '安静的夜晚' });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
});

test('an editor writes a notice, is told what is missing, and saves it', async ({ community }) => {
  const page = await community.openConsole('editor');
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByRole('button', { name: '写一份' }).click();
  const form = page.getByRole('form', { name: '写一份' });
  const title = form.getByRole('group', { name: '标题' });
  await title.getByLabel('中文（必填）').fill('电梯检修');
  await form.getByRole('group', { name: '正文' }).getByLabel('中文（必填）').fill('**星期三**上午电梯停用。');
  await expect(form.getByRole('region', { name: '居民看到的样子' }).locator('strong')).toHaveText('星期三');
  await form.getByRole('button', { name: '保存草稿' }).click();
  await expect(form.getByText('要有中文提要')).toBeVisible();
  await form.getByRole('group', { name: '内容提要' }).getByLabel('中文（必填）').fill('星期三上午，请走楼梯');
  await form.getByRole('combobox', { name: '类别' }).click();
  await page.getByTitle('服务').click();
  await form.getByRole('combobox', { name: '放在哪些驿站' }).click();
  await page.getByTitle('自己选驿站').click();
  const stations = form.getByRole('combobox', { name: '哪些驿站', exact: true });
  await stations.fill('柳度');
  await stations.press('Enter');
  await stations.press('Escape');
  await form.getByRole('button', { name: '保存草稿' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: '电梯检修' })).toBeVisible();
  await expect(dialog.getByText('服务 · 通知')).toBeVisible();
  await expect(dialog.getByText('柳度园')).toBeVisible();
  await dialog.getByRole('button', { name: '修改' }).click();
  await dialog.getByRole('group', { name: '标题' }).getByLabel('英文（可不填）').fill('Lift out of service');
  await dialog.getByRole('button', { name: '保存草稿' }).click();
  await dialog.getByRole('button', { name: '关闭' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByText('Lift out of service')).toBeVisible();
});
