import { expect, it } from 'vitest';
import { readLanguage } from '#renderer/ui/stored-language.ts';

const storage = (kept: string | null) => ({ getItem: () => kept, setItem: () => undefined });

it.each([
  [storage('en'), 'en'],
  [storage('zh'), 'zh'],
  [storage('fr'), 'zh'],
  [storage(null), 'zh'],
  [null, 'zh'],
])('is Chinese unless another language of ours is kept', (kept, language) => {
  expect(readLanguage(kept, 'language')).toBe(language);
});
