/**
 * A place for antd's style elements, outside of the document, whose text is mirrored into constructed style sheets of
 * `root`. The page's CSP (`style-src 'self'`) forbids style elements that scripts write; sheets made through
 * the CSSOM are no inline style to it and pass.
 */
export function createStyleContainer(root: DocumentOrShadowRoot): HTMLElement {
  const container = document.createElement('div');
  const sheets = new Map<Element, { text: string; sheet: CSSStyleSheet }>();
  const mirror = () => {
    const present = new Set<Element>(container.children);
    for (const element of sheets.keys()) if (!present.has(element)) sheets.delete(element);
    for (const element of present) {
      const text = element.textContent;
      const known = sheets.get(element);
      if (known?.text === text) continue;
      const sheet = known?.sheet ?? new CSSStyleSheet();
      sheet.replaceSync(text);
      sheets.set(element, { text, sheet });
    }
    root.adoptedStyleSheets = [...present].flatMap((element) => sheets.get(element)?.sheet ?? []);
  };
  new MutationObserver(mirror).observe(container, { childList: true, subtree: true, characterData: true });
  return container;
}
