import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, parseHash } from '#renderer/console/router.ts';

describe('addresses within the console', () => {
  it('are read back as they were written', () => {
    const path = fc.stringMatching(/^\/[a-z/]{0,20}$/);
    const search = fc.oneof(fc.constant(''), fc.stringMatching(/^\?[a-z0-9=&%+]{1,20}$/));
    fc.assert(
      fc.property(path, search, (somePath, someSearch) => {
        expect(parseHash(hrefOf(somePath, someSearch))).toEqual({ path: somePath, search: someSearch });
      }),
    );
  });

  it('begin at the first page', () => {
    expect(parseHash('')).toEqual({ path: '/', search: '' });
    expect(parseHash('#')).toEqual({ path: '/', search: '' });
  });
});
