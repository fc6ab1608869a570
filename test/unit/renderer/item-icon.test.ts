import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { ItemIcon } from '#renderer/ui/item-icon.tsx';
import types from '#server/seed/data/types.json' with { type: 'json' };

const picture = (icon: string) => renderToStaticMarkup(createElement(ItemIcon, { icon }));

test('every type of the community has a picture of its own', () => {
  const pictures = types.map(({ definition }) => picture(definition.icon));
  expect(new Set([...pictures, picture('no-such-icon')]).size).toBe(types.length + 1);
});

test('an unknown icon is drawn as a parcel', () => {
  expect(picture('no-such-icon')).toContain('lucide-package');
});
