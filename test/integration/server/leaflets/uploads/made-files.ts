/** Files made by script: every one that can be right, and those that are wrong in one way each. */
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

export const PAGE = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>';

export interface MadePdf {
  /** Of the catalogue, besides its pages. */
  readonly catalogue?: string;
  /** Objects from number 3 on; the first `pages` of them are the pages. */
  readonly objects?: readonly string[];
  readonly pages?: number;
  readonly trailer?: string;
}

/** A PDF with these objects (ISO 32000-2, 7.5). */
export function madePdf({
  catalogue = '',
  objects = [PAGE],
  pages = objects.length,
  trailer = '',
}: MadePdf = {}): Buffer {
  const kids = Array.from({ length: pages }, (_, page) => `${page + 3} 0 R`).join(' ');
  const all = [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages} >>`,
    ...objects,
  ];
  let text = '%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n';
  const offsets = all.map((object, place) => {
    const offset = text.length;
    text += `${place + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = all.length + 1;
  const head = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\n`;
  return Buffer.from(`${text}${head}startxref\n${text.length}\n%%EOF\n`, 'latin1');
}

/** An object that is a stream, deflated, as text for `madePdf`. */
export function streamObject(dictionary: string, content: string): string {
  const bytes = deflateSync(Buffer.from(content, 'latin1'));
  const head = `<< ${dictionary} /Filter /FlateDecode /Length ${bytes.length} >>`;
  return `${head}\nstream\n${bytes.toString('latin1')}\nendstream`;
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** The boxes of an MP4 file, which has nothing to play. */
export function madeMp4(mediaBytes = 64): Buffer {
  const brand = Buffer.from('isom\0\0\u0002\0isomiso2mp41', 'latin1');
  return Buffer.concat([
    box('ftyp', brand),
    box('moov', box('mvhd', Buffer.alloc(100))),
    box('mdat', Buffer.alloc(mediaBytes)),
  ]);
}

/** A WebM header with its doc type, and a segment of this many bytes. */
export function madeWebm(segmentBytes = 100): Buffer {
  const docType = Buffer.concat([Buffer.from([0x42, 0x82, 0x84]), Buffer.from('webm')]);
  const header = Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x80 | docType.length]), docType]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(0x10000000 | segmentBytes);
  return Buffer.concat([header, Buffer.from([0x18, 0x53, 0x80, 0x67]), length, Buffer.alloc(segmentBytes)]);
}

export type PictureFormat = 'jpeg' | 'png' | 'webp';

/** A picture in one colour with a camera's notes in it. */
export function madePicture(format: PictureFormat, width = 60, height = 40): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#c00' } })
    .withExif({ IFD0: { Copyright: 'SECRET-PLACE' } })
    .toFormat(format)
    .toBuffer();
}

export function madeSvg(inside: string, attributes = 'viewBox="0 0 40 20"'): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`);
}
