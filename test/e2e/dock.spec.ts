import { join } from 'node:path';
import { createDockServer } from '../../scripts/demo/dock-server.ts';
import { expect, lentUmbrella, press, test, zh } from './community.ts';

const PAGE_DIR = join(import.meta.dirname, '../../dist/dock');

test.describe('the dock', () => {
  test.use({ terminals: 2 });

  test('lends and returns through the emulated devices, pulls plugs and switches the server', async ({ community }) => {
    const dock = await createDockServer({ world: community, port: 0, pageDir: PAGE_DIR });
    const [here, there] = community.terminals;
    const umbrella = community.umbrella(here!);
    const kiosk = await community.openKiosk(here!);
    const otherKiosk = await community.openKiosk(there!);
    const page = await community.openAnyPage(dock.origin);
    const column = page.getByRole('region', { name: here!.id });

    await column.getByRole('button', { name: `扫描 雨伞 ${umbrella.item}` }).click();
    await expect(kiosk.getByRole('heading', { name: zh('card.title') })).toBeVisible();
    await column.getByRole('button', { name: '刷卡' }).click();
    await expect(lentUmbrella(kiosk, umbrella)).toBeVisible();
    await press(kiosk, zh('borrow.done', { count: 1 }));

    // By hand at the other station: the label typed as text.
    await expect.poll(() => community.knows(there!, umbrella.item)).toBe('on-loan');
    const other = page.getByRole('region', { name: there!.id });
    await other.getByRole('textbox', { name: '任意文字' }).fill(umbrella.label);
    await other.getByRole('button', { name: '扫描文字' }).click();
    await expect(otherKiosk.getByText(zh('return.title'))).toBeVisible();

    await column.getByRole('button', { name: '扫码器发乱码' }).click();
    await column.getByRole('button', { name: '读卡器发半帧' }).click();
    await column.getByRole('button', { name: '拔掉扫码器' }).click();
    await expect(kiosk.getByText(zh('scanner.noDevice'))).toBeVisible();
    await column.getByRole('button', { name: '插上扫码器' }).click();
    await expect(kiosk.getByText(zh('scanner.noDevice'))).toHaveCount(0);

    await page.getByRole('button', { name: '关闭服务器' }).click();
    await expect(kiosk.getByText(zh('sync.savedHere'))).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: '启动服务器' }).click();
    await expect(kiosk.getByText(/已同步/)).toBeVisible({ timeout: 60_000 });
    await dock.close();
  });

  test('makes the lines bad: what can be read is lent once, what can’t is said', async ({ community }) => {
    const dock = await createDockServer({ world: community, port: 0, pageDir: PAGE_DIR });
    const [here] = community.terminals;
    const umbrella = community.umbrella(here!);
    const kiosk = await community.openKiosk(here!);
    const page = await community.openAnyPage(dock.origin);
    const column = page.getByRole('region', { name: here!.id });
    const scan = () => column.getByRole('button', { name: `扫描 雨伞 ${umbrella.item}` }).click();
    const behave = (device: string, manner: string) =>
      column.getByRole('combobox', { name: `${device}的线路` }).selectOption({ label: manner });

    for (const manner of ['很慢', '一个字节一个字节地来', '有回声']) {
      await behave('扫码器', manner);
      await scan();
      await expect(kiosk.getByRole('heading', { name: zh('card.title') })).toBeVisible();
      await behave('读卡器', manner);
      await column.getByRole('button', { name: '刷卡', exact: true }).click();
      await expect(lentUmbrella(kiosk, umbrella)).toBeVisible();
      await press(kiosk, zh('borrow.done', { count: 1 }));
      await press(kiosk, zh('receipt.done'));
      await behave('扫码器', '好的');
      // The same code within a moment is the same pull of the trigger: whoever is too quick waits and scans again.
      await expect(async () => {
        await scan();
        await expect(kiosk.getByText(zh('return.title'))).toBeVisible({ timeout: 1000 });
      }).toPass({ intervals: [2000] });
      await press(kiosk, zh('return.done'));
      await press(kiosk, zh('receipt.done'));
    }

    await behave('读卡器', '好的');
    await column.getByRole('combobox', { name: '读卡器怎么答' }).selectOption({ label: '自检没过（60）' });
    await expect(kiosk.getByText(zh('cardReader.broken'))).toBeVisible();
    await column.getByRole('combobox', { name: '读卡器怎么答' }).selectOption({ label: '正常' });
    await expect(kiosk.getByText(zh('cardReader.broken'))).toHaveCount(0, { timeout: 60_000 });

    // What can't be read lends nothing; a scanner is never asked anything, so nobody can say that its line is bad.
    for (const manner of ['不通', '速度不对', '说到一半就停']) {
      await behave('扫码器', manner);
      await scan();
      await kiosk.waitForTimeout(1500);
      await expect(kiosk.getByRole('heading', { name: zh('card.title') })).toHaveCount(0);
    }
    await behave('扫码器', '好的');
    await expect(async () => {
      await scan();
      await expect(kiosk.getByRole('heading', { name: zh('card.title') })).toBeVisible({ timeout: 1000 });
    }).toPass({ intervals: [2000] });

    await column.getByRole('combobox', { name: '卡怎么放' }).selectOption({ label: '读到一半抽走' });
    await column.getByRole('button', { name: '刷卡', exact: true }).click();
    await kiosk.waitForTimeout(3000);
    await expect(lentUmbrella(kiosk, umbrella)).toHaveCount(0);
    await column.getByRole('combobox', { name: '卡怎么放' }).selectOption({ label: '忘在上面' });
    await column.getByRole('button', { name: '刷卡', exact: true }).click();
    await expect(lentUmbrella(kiosk, umbrella)).toBeVisible();

    await column.getByRole('button', { name: '扫码器发洪水' }).click();
    await behave('扫码器', '说到一半就拔掉');
    await scan();
    await expect(kiosk.getByText(zh('scanner.noDevice'))).toBeVisible();
    await column.getByRole('button', { name: '插上扫码器' }).click();
    await expect(kiosk.getByText(zh('scanner.noDevice'))).toHaveCount(0);

    await column.getByRole('button', { name: '刷工卡' }).click();
    await expect(kiosk.getByText(zh('notice.otherCard'))).toBeVisible();
    await dock.close();
  });
});
