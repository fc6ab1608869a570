import { encodeEm, lookForEm } from './em-frame.ts';
import { icCardProtocol } from './ic-card-protocol.ts';
import { createStxParser } from './stx-frame.ts';

const NAME = 'id-12';
const CR_LF = [0x0d, 0x0a];

/** ID-12 and ID-20, 16 bytes a tag: CR LF stands in front of the last byte. (Device notes 3, T16.) */
export const ID_12 = icCardProtocol({
  name: NAME,
  createParser: () => createStxParser(NAME, lookForEm(CR_LF)),
  encode: (uid) => encodeEm(uid, CR_LF),
});
