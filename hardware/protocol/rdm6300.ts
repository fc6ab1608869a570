import { encodeEm, lookForEm } from './em-frame.ts';
import { icCardProtocol } from './ic-card-protocol.ts';
import { createStxParser } from './stx-frame.ts';

const NAME = 'rdm6300';

/** RDM6300, 14 bytes a tag: no tail. Says a held tag again about every 50 ms. (Device notes 3, T16.) */
export const RDM6300 = icCardProtocol({
  name: NAME,
  createParser: () => createStxParser(NAME, lookForEm([])),
  encode: (uid) => encodeEm(uid, []),
});
