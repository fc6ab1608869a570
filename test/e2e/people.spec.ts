import type { Page } from '@playwright/test';
import { TOTP } from 'otpauth';
import { expect, test } from './community.ts';

async function signIn(page: Page, account: string, password: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

test('an admin makes an account; its owner chooses a password, sets up the second step, and signs in with it', async ({
  community,
}) => {
  const admin = await community.openConsole();
  await admin.getByRole('navigation').getByRole('link', { name: '人员账号' }).click();
  await admin.getByRole('button', { name: '新建账号' }).click();
  const dialog = admin.getByRole('dialog');
  await dialog.getByLabel('账号', { exact: true }).fill('wang');
  await dialog.getByLabel('姓名').fill('小王');
  await dialog.getByRole('checkbox', { name: '宣传员' }).check();
  await dialog.getByRole('button', { name: '保存' }).click();
  const told = dialog.locator('.one-time');
  await expect(told).not.toBeEmpty();
  const oneTime = (await told.textContent()) ?? '';

  const page = await community.openAnyPage(community.server.url);
  await signIn(page, 'wang', oneTime.trim());
  await expect(page.getByText('请先换成自己的')).toBeVisible();
  await expect(page.getByRole('link', { name: '宣传册' })).toHaveCount(0);
  await page.getByLabel('现在的密码').fill(oneTime.trim());
  await page.getByLabel('新密码（至少10个字符）').fill('a password of my own');
  await page.getByLabel('再填一次新密码').fill('a password of my own');
  await page.getByRole('button', { name: '改密码' }).click();
  await page.getByRole('navigation').getByRole('link', { name: '我的账号' }).click();

  const second = page.getByRole('region', { name: '两步登录' });
  await second.getByLabel('现在的密码').fill('a password of my own');
  await second.getByRole('button', { name: '设置两步登录' }).click();
  await expect(page.getByRole('figure', { name: '验证器的二维码' })).toBeVisible();
  const byHand = (await page.getByText('扫不了就把这个填进去').textContent()) ?? '';
  const secret = /[A-Z2-7 ]{16,}/.exec(byHand)?.[0].replaceAll(' ', '') ?? '';
  const totp = new TOTP({ secret });
  await page.getByLabel('六位数字').fill(totp.generate());
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await expect(page.getByText('这八个恢复码')).toBeVisible();
  const recovery = (await page.locator('.recovery-codes li').allTextContents())
    .map((text) => text.trim())
    .filter((text) => text !== '');
  expect(recovery).toHaveLength(8);
  await page.getByRole('button', { name: '我抄好了' }).click();

  await page.getByRole('button', { name: '退出登录' }).click();
  await signIn(page, 'wang', 'a password of my own');
  await expect(page.getByText('密码对了，还要')).toBeVisible();
  await expect(page.getByLabel('两步登录验证码')).toBeFocused();
  await page.getByLabel('两步登录验证码').fill(recovery[0] ?? '');
  await page.getByRole('button', { name: '登录' }).click();
  await expect(page.getByRole('navigation').getByRole('link', { name: '宣传册' })).toBeVisible();
});
