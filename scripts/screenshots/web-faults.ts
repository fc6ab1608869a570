import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What is wrong with a page for desks and phones: wider than its window, or a serious or critical finding of axe. */
export async function webFaults(page: Page): Promise<string[]> {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return [
    ...(tooWide > 0 ? [`the page is ${tooWide} px wider than its window`] : []),
    ...violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')}`)),
  ];
}

/** Collects what the page says as an error or a warning; each call gives what came since the last. */
export function listenForComplaints(page: Page): () => string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return () => said.splice(0);
}
