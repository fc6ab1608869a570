import { catalogue } from './catalogue.ts';
import { itemTable } from './item-table.ts';

const SECTIONS: Readonly<Record<string, () => string>> = { catalogue, 'item table': itemTable };

/** The text of docs/ledger.md with its generated parts as the code says now; the rest is left as it is. */
export function withGeneratedSections(text: string): string {
  return Object.entries(SECTIONS).reduce((whole, [name, make]) => {
    const [begin, end] = [`<!-- generated: ${name} -->`, `<!-- end: ${name} -->`];
    const [before, rest] = whole.split(begin);
    const behind = rest?.split(end)[1];
    if (before === undefined || behind === undefined) throw new Error(`no place for the ${name}`);
    return `${before}${begin}\n\n${make()}\n\n${end}${behind}`;
  }, text);
}
