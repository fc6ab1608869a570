/**
 * Takes from the page every way of handling it but tap and scroll: menus, selection, drag and drop, pinch and wheel zoom,
 * and all keys (scanners that type are read by the core, never by the page). Returns what undoes it.
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
  for (const type of ['keydown', 'keypress', 'keyup']) {
    listen(type, (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    });
  }
  listen('wheel', (event) => {
    if (event instanceof WheelEvent && event.ctrlKey) event.preventDefault();
  });
  listen('touchmove', (event) => {
    if (event instanceof TouchEvent && event.touches.length > 1 && event.cancelable) event.preventDefault();
  });
  return () => undoing.abort();
}
