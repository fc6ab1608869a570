import { expect, test } from './community.ts';

test('what an editor wrote and did not save is there again after the page was loaded anew, and is thrown away only when asked', async ({
  community,
}) => {
  const page = await community.openConsole('editor');
  const write = async () => {
    await page.getByRole('navigation').getByRole('link', { name: '宣传册' }).click();
    await page.getByRole('button', { name: '写一份' }).click();
  };
  const form = page.getByRole('form', { name: '写一份' });
  const title = form.getByRole('group', { name: '标题' }).getByLabel('中文（必填）');
  await write();
  await title.fill('写到一半的通知');
  await page.reload();
  await write();
  await expect(form.getByText('上次没有保存的内容还在')).toBeVisible();
  await expect(title).toHaveValue('写到一半的通知');

  // What is missing is brought into view, and the cursor is in it.
  await form.getByRole('button', { name: '保存草稿' }).click();
  await expect(form.getByRole('group', { name: '内容提要' }).getByLabel('中文（必填）')).toBeFocused();

  await form.getByRole('button', { name: '不保存' }).click();
  await form.getByRole('button', { name: '接着写' }).click();
  await form.getByRole('button', { name: '不保存' }).click();
  await form.getByRole('button', { name: '扔掉' }).click();
  await expect(form).toHaveCount(0);
  await page.getByRole('button', { name: '写一份' }).click();
  await expect(title).toHaveValue('');
  await expect(form.getByText('上次没有保存的内容还在')).toHaveCount(0);
});
