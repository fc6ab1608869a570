/**
 * Takes from the page every way of handling it but tap and scroll: menus, selection, drag and drop, pinch and wheel zoom.
 * Keys are keyboard.ts's. Returns what undoes it.
 */
export function hardenPage(page: Document): () => void {
  const undoing = new AbortController();
  const refuse = (event: Event) => event.preventDefault();
  const listen = (type: string, listener: (event: Event) => void) =>
    page.addEventListener(type, listener, { capture: true, passive: false, signal: undoing.signal });

  for (const type of [
    'contextmenu',
    'dragstart',
    'dragover',
    'drop',
    'selectstart',
    'gesturestart',
    'auxclick',
    'copy',
    'cut',
    'paste',
  ]) {
    listen(type, refuse);
  }
  listen('wheel', (event) => {
    if (event instanceof WheelEvent && event.ctrlKey) event.preventDefault();
  });
  listen('touchmove', (event) => {
    if (event instanceof TouchEvent && event.touches.length > 1 && event.cancelable) event.preventDefault();
  });
  return () => undoing.abort();
}
