/** A modal dialog is above all of the page: what opens out of it has to be in it. */
export const inDialog = (node: HTMLElement): HTMLElement => node.closest('dialog') ?? document.body;
