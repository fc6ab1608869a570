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
});
