import type { Page } from '@playwright/test';
import { type Community, expect, test } from './community.ts';

function openFirst(community: Community): Promise<Page> {
  const [station] = community.terminals;
  if (station === undefined) throw new Error('no terminal');
  return community.openKiosk(station);
}

test('an emergency goes from the approver’s key to the kiosk’s screen, is confirmed there, and the console knows', async ({
  community,
}) => {
  const kiosk = await openFirst(community);
  const strip = kiosk.getByRole('button', { name: '看宣传册' });
  await expect(strip).toBeVisible({ timeout: 30_000 });

  const editor = await community.openConsole('editor');
  await editor.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await editor.getByRole('button', { name: '打开《今晚停水》' }).click();
  const draft = editor.getByRole('dialog');
  await draft.getByRole('button', { name: '送审', exact: true }).click();
  await draft.getByRole('group', { name: '送审' }).getByRole('button', { name: '送审', exact: true }).click();
  await expect(draft.getByText('待审').first()).toBeVisible();

  const reviewer = await community.openConsole('reviewer');
  await reviewer.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await reviewer.getByRole('button', { name: '打开《今晚停水》' }).click();
  const dialog = reviewer.getByRole('dialog');
  await dialog.getByRole('button', { name: '批准', exact: true }).click();
  await dialog.getByRole('group', { name: '批准' }).getByRole('button', { name: '批准', exact: true }).click();
  await expect(dialog.getByText('已批准').first()).toBeVisible();
  await dialog.getByRole('button', { name: '关闭' }).click();

  await reviewer.getByRole('navigation').getByRole('link', { name: '发布' }).click();
  await reviewer.getByRole('button', { name: '看看要发布什么' }).click();
  await expect(reviewer.getByRole('listitem').filter({ hasText: '今晚停水' })).toBeVisible();
  await expect(reviewer.getByText('会同时送到所有驿站')).toBeVisible();
  await reviewer.getByLabel('签名口令').fill('not the passphrase');
  await reviewer.getByRole('button', { name: '签名并发布' }).click();
  await expect(reviewer.getByText('口令不对。')).toBeVisible();
  await reviewer.getByLabel('签名口令').fill(community.server.adminPassword);
  await reviewer.getByRole('button', { name: '签名并发布' }).click();
  await expect(reviewer.getByText('已发布。')).toBeVisible();

  const alarm = kiosk.getByRole('alert');
  await expect(alarm.getByRole('heading', { name: '今晚停水' })).toBeVisible({ timeout: 30_000 });
  await alarm.getByRole('button', { name: '我看到了' }).click();
  await expect(kiosk.getByRole('button', { name: /今晚停水/ })).toBeVisible();

  // What the console says is what the terminal has signed.
  const truth = reviewer.getByRole('region', { name: '各终端的屏幕' }).getByRole('row', { name: /LD-1/ });
  await expect(truth).toContainText('第 2 次发布', { timeout: 30_000 });
  await expect(truth).toContainText('已是最新');
});

test('a resident finds a leaflet by its initials, reads it, and a scan is never in the way', async ({ community }) => {
  const kiosk = await openFirst(community);
  await kiosk.getByRole('button', { name: '看宣传册' }).click({ timeout: 30_000 });
  await kiosk.getByRole('button', { name: '找一找' }).click();
  const keys = kiosk.getByRole('group', { name: '字母键盘' });
  for (const letter of 'ljf') await keys.getByRole('button', { name: letter, exact: true }).click();
  const first = kiosk.getByRole('listitem').first();
  await expect(first).toContainText('垃圾分四类');
  await first.getByRole('button').click();
  await expect(kiosk.getByRole('heading', { name: '垃圾分四类' })).toBeVisible();
  await kiosk.getByRole('button', { name: 'English' }).click();
  await expect(kiosk.getByRole('button', { name: 'Read aloud' })).toBeVisible();

  const [station] = community.terminals;
  if (station === undefined) throw new Error('no terminal');
  station.scanner.scan(community.umbrella(station).label);
  await expect(kiosk.getByRole('heading', { name: /card/i }).first()).toBeVisible();
  await expect(kiosk.getByRole('button', { name: 'Read aloud' })).toHaveCount(0);
});

test('a booklet’s pages are turned by tap', async ({ community }) => {
  const kiosk = await openFirst(community);
  await kiosk.getByRole('button', { name: '看宣传册' }).click({ timeout: 30_000 });
  await kiosk.getByRole('radiogroup', { name: '分类' }).getByText('服务').click();
  await kiosk.getByRole('button', { name: '借还手册' }).click();
  const page = kiosk.getByLabel('借还手册，第 1 页');
  await expect.poll(() => page.evaluate((canvas: HTMLCanvasElement) => canvas.width)).toBeGreaterThan(400);
  await kiosk.getByRole('button', { name: '下一页' }).click();
  await expect(kiosk.getByLabel('借还手册，第 2 页')).toBeVisible();
  await expect(kiosk.getByRole('button', { name: '下一页' })).toBeDisabled();
  // Old hands tap twice: the second tap must not go on to what stands there now.
  await kiosk.getByRole('button', { name: '返回' }).dblclick();
  await expect(kiosk.getByRole('button', { name: '借还手册' })).toBeVisible();
  await kiosk.waitForTimeout(700);
  await kiosk.getByRole('button', { name: '回首页' }).click();
  await expect(kiosk.getByRole('heading', { name: '借东西，直接扫码' })).toBeVisible();
});
