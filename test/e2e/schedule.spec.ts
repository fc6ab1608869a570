import { expect, test } from './community.ts';

test('the schedule says on which days each leaflet is shown, and its week is in the address', async ({ community }) => {
  const page = await community.openConsole('editor');
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByText('日程', { exact: true }).click();
  const schedule = page.getByRole('region', { name: '哪些天看得到' });
  const row = schedule.getByRole('row', { name: /好邻居五件事/ });
  await expect(row.locator('.schedule-shown')).toHaveCount(14);
  await schedule.getByRole('button', { name: '往后一周' }).click();
  await expect(page).toHaveURL(/view=schedule&from=\d{4}-\d\d-\d\d/);
  await page.reload();
  await expect(schedule.getByRole('button', { name: '今天' })).toBeEnabled();
  await row.getByRole('button', { name: '好邻居五件事' }).click();
  await expect(page.getByRole('dialog').getByRole('heading', { name: '好邻居五件事' })).toBeVisible();
});
