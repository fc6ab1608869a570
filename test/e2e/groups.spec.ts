import { expect, test } from './community.ts';

test('a group of stations gets a name, a leaflet is written for it, and it is seen which stations that is', async ({
  community,
}) => {
  const reviewer = await community.openConsole('reviewer');
  await reviewer.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await reviewer.getByRole('button', { name: '驿站分组' }).click();
  const groups = reviewer.getByRole('dialog', { name: '驿站分组' });
  await groups.getByRole('button', { name: '新的分组' }).click();
  await groups.getByRole('button', { name: '保存' }).click();
  await expect(groups.getByText('请填写。')).toHaveCount(2);
  await groups.getByLabel('中文名称').fill('北边两家');
  await groups.getByLabel('英文名称').fill('The two in the north');
  const stations = groups.getByLabel('哪些驿站');
  await stations.click();
  await stations.press('Enter');
  await stations.press('ArrowDown');
  await stations.press('Enter');
  await stations.press('Escape');
  await groups.getByRole('button', { name: '保存' }).click();
  const named = groups.getByRole('listitem').filter({ hasText: '北边两家' });
  await expect(named).toContainText('·');
  const codes = (await named.locator('.note').textContent()) ?? '';

  const editor = await community.openConsole('editor');
  await editor.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
  await editor.getByRole('button', { name: '写一份' }).click();
  const form = editor.getByRole('dialog');
  await form.getByRole('combobox', { name: '放在哪些驿站' }).click();
  await editor.getByTitle('几组驿站').click();
  await form.getByRole('combobox', { name: '哪几组' }).click();
  await editor.getByTitle('北边两家').click();
  await expect(form.getByText(`现在是：${codes}`)).toBeVisible();
});
