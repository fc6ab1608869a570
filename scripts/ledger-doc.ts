/** `npm run ledger-doc`: writes the event catalogue and the item table, as the code has them, into docs/ledger.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withGeneratedSections } from './ledger-doc/sections.ts';

const path = join(import.meta.dirname, '../docs/ledger.md');
writeFileSync(path, withGeneratedSections(readFileSync(path, 'utf8')));
