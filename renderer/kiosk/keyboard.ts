import { createWedge, type WedgeKey } from '#shared/keyboard/wedge.ts';

export interface KeyboardDeps {
  /** A scanner that pretends to be a keyboard has typed this, an AIM identifier included. */
  readonly onScan: (text: string) => void;
  /** Runs `task` after `ms`; returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

interface TypedKey extends WedgeKey {
  /** Where a person's key would have gone; null where nothing is to be typed into. */
  readonly field: Field | null;
}

const NOT_TYPED_INTO = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'hidden',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);
/** A timer may come a little early by the clock of events. */
const LATE_MS = 2;

function fieldOf(target: EventTarget | null): Field | null {
  if (target instanceof HTMLTextAreaElement) return target;
  return target instanceof HTMLInputElement && !NOT_TYPED_INTO.has(target.type) ? target : null;
}

/** Types for the person: at the caret, within the field's length, and so that whoever listens to the field hears of it. */
function typeInto(field: Field, text: string): void {
  if (!field.isConnected || field.disabled || field.readOnly) return;
  const { selectionStart, selectionEnd, value, maxLength } = field;
  const replaced = (selectionEnd ?? 0) - (selectionStart ?? 0);
  if (maxLength >= 0 && value.length - replaced + text.length > maxLength) return;
  if (selectionStart === null) {
    // Fields for e-mail addresses and numbers know no caret. React watches `value` on the element, not on its class.
    Reflect.set(Object.getPrototypeOf(field), 'value', value + text, field);
  } else field.setRangeText(text, selectionStart, selectionEnd ?? selectionStart, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }));
}

/**
 * Who is the keyboard? What a scanner types is a scan wherever the focus is, and lands in no field; what a person types
 * goes to the field, whole and in order. Keys meant for no field do nothing: the kiosk is handled by touch. Returns what
 * ends it.
 */
export function listenToKeyboard(page: Document, { onScan, schedule }: KeyboardDeps): () => void {
  const wedge = createWedge<TypedKey>();
  const ending = new AbortController();
  let callOff = () => {};

  const giveBack = (keys: readonly TypedKey[]): void => {
    for (const { key, field } of keys) if (field !== null) typeInto(field, key);
  };
  const stop = (event: Event): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const onKeyDown = (event: Event): void => {
    const field = fieldOf(event.target);
    // Autofill, and whatever else makes key events of its own, says no key.
    if (!(event instanceof KeyboardEvent)) {
      if (field === null) stop(event);
      return;
    }
    const { givenBack, verdict, result } = wedge.press({
      key: event.key,
      at: event.timeStamp,
      repeat: event.repeat,
      shortcut: event.ctrlKey || event.altKey || event.metaKey,
      field,
    });
    giveBack(givenBack);
    if (verdict !== 'pass' || field === null) stop(event);
    if (result?.kind === 'scan') onScan(result.text);
    callOff();
    const until = wedge.holdsUntil();
    if (until === null) return;
    callOff = schedule(() => giveBack(wedge.tick(until + LATE_MS)), until - event.timeStamp + LATE_MS);
  };
  const onOtherKey = (event: Event): void => {
    if (fieldOf(event.target) === null) stop(event);
  };
  const options = { capture: true, passive: false, signal: ending.signal };
  page.addEventListener('keydown', onKeyDown, options);
  page.addEventListener('keypress', onOtherKey, options);
  page.addEventListener('keyup', onOtherKey, options);
  return () => {
    ending.abort();
    callOff();
    giveBack(wedge.release());
  };
}
