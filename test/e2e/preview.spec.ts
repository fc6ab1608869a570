import { expect, test } from './community.ts';

test('a reviewer sees a leaflet on the kiosk’s own page, in other shapes and in English', async ({ community }) => {
  const page = await community.openConsole('reviewer');
  await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await page.getByRole('button', { name: '打开《好邻居五件事》' }).click();
  await page.getByRole('button', { name: '看一看', exact: true }).click();
  const kiosk = page.frameLocator('iframe');
  await expect(kiosk.getByRole('heading', { name: '好邻居五件事' })).toBeVisible();
  const picture = kiosk.getByRole('img', { name: '安静的夜晚' });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1200);
  await page.getByText('英文', { exact: true }).click();
  await expect(kiosk.getByRole('button', { name: 'Read aloud' })).toBeVisible();
  // The page behind it forgets a person's choices after a while; a preview keeps what was asked for.
  await page.waitForTimeout(2500);
  await expect(kiosk.getByRole('button', { name: 'Read aloud' })).toBeVisible();
  await page.getByText('横屏', { exact: true }).click();
  await expect(kiosk.getByRole('button', { name: 'Read aloud' })).toBeVisible();
  await page.getByRole('checkbox', { name: '大字' }).click();
  await expect(kiosk.locator('html')).toHaveAttribute('data-text', 'large');
});
