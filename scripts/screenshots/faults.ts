import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

export interface Limits {
  /** Smallest touch target and smallest gap between two, in CSS pixels. */
  readonly target: number;
  readonly gap: number;
}

/**
 * Text that is cut off or out of the window, controls too small or too near each other, a list that goes on without saying
 * so: one sentence each.
 */
export async function layoutFaults(page: Page, limits: Limits): Promise<string[]> {
  return page.evaluate(({ target, gap }) => {
    const faults: string[] = [];
    const nameOf = (element: Element) => {
      const text = (element.textContent ?? '').trim().slice(0, 30);
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${text}"`;
    };
    /** The nearest element that scrolls: what is out of its view can be scrolled to. */
    const scrollerOf = (element: Element): Element | null => {
      for (let at = element.parentElement; at !== null; at = at.parentElement) {
        const { overflowY } = getComputedStyle(at);
        if ((overflowY === 'auto' || overflowY === 'scroll') && at.scrollHeight > at.clientHeight + 1) return at;
      }
      return null;
    };
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode() !== null) {
      const node = words.currentNode;
      if (node.textContent?.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const text = range.getBoundingClientRect();
      if (text.width === 0) continue;
      const lineHeight = range.getClientRects()[0]?.height ?? 0;
      // The face's line box is far higher than its characters.
      const top = text.top + lineHeight * 0.2;
      const bottom = text.bottom - lineHeight * 0.2;
      const excerpt = `"${node.textContent?.slice(0, 40)}"`;
      let scrolls = false;
      for (let at = node.parentElement; at !== null && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.display === 'inline' || style.display === 'contents') continue;
        const box = at.getBoundingClientRect();
        const canScroll = style.overflowY === 'auto' || style.overflowY === 'scroll';
        if (canScroll && at.scrollHeight > at.clientHeight + 1) scrolls = true;
        const wide = text.left < box.left - 1 || text.right > box.right + 1;
        const high = style.overflowY !== 'visible' && !scrolls && (top < box.top || bottom > box.bottom);
        if (wide || high) {
          faults.push(`text out of its box: ${excerpt} in ${nameOf(at)}`);
          break;
        }
      }
      const out = text.left < 0 || text.right > innerWidth || (!scrolls && (top < 0 || bottom > innerHeight));
      if (out) faults.push(`text out of the window: ${excerpt}`);
    }

    const controls = [...document.querySelectorAll('button, a[href], input, [role="button"]')]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.height > 0);
    for (const { element, box } of controls) {
      if (Math.min(box.width, box.height) < target - 0.5) {
        faults.push(
          `touch target of ${Math.round(box.width)} x ${Math.round(box.height)} px, least is ${target}: ${nameOf(element)}`,
        );
      }
    }
    for (const [index, a] of controls.entries()) {
      for (const b of controls.slice(index + 1)) {
        const across = Math.max(a.box.left, b.box.left) - Math.min(a.box.right, b.box.right);
        const down = Math.max(a.box.top, b.box.top) - Math.min(a.box.bottom, b.box.bottom);
        // Rows of one list share an edge; their own padding keeps fingers apart.
        const rows = a.element.closest('ul') !== null && a.element.closest('ul') === b.element.closest('ul');
        if (
          !rows &&
          scrollerOf(a.element) === null &&
          scrollerOf(b.element) === null &&
          Math.max(across, down) < gap - 0.5
        ) {
          faults.push(`nearer than ${gap} px: ${nameOf(a.element)} and ${nameOf(b.element)}`);
        }
      }
    }
    for (const view of document.querySelectorAll('body *')) {
      const { overflowY } = getComputedStyle(view);
      const scrolls = (overflowY === 'auto' || overflowY === 'scroll') && view.scrollHeight > view.clientHeight + 1;
      // What is turned by pages says how many there are.
      const saysSo = view.parentElement?.querySelector(':scope > .scroll__cue, :scope > .turner') ?? null;
      if (scrolls && saysSo === null) {
        faults.push(`a list goes on and does not say so: ${nameOf(view)}`);
      }
    }
    return faults;
  }, limits);
}

/** Serious and critical findings of axe, enhanced contrast (7:1) included: one sentence each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ rules: { 'color-contrast-enhanced': { enabled: true }, 'color-contrast': { enabled: false } } })
    // A kiosk must not be zoomed by a pinch and has no keyboard; it has a large-text button on every screen.
    // Names of buttons leave out what changes each second, and say of an item what a tap does to it.
    .disableRules([
      'meta-viewport',
      'meta-viewport-large',
      'label-content-name-mismatch',
      'scrollable-region-focusable',
    ])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `axe ${id}: ${node.target.join(' ')}`));
}
