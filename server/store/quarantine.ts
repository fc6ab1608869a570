import type { Transaction } from 'kysely';
import { sha256Text } from '#shared/ledger/chain.ts';
import type { Refusal } from '#shared/contract/sync.ts';
import { withoutNul } from './projection.ts';
import type { Tables } from './schema.ts';

function keyOf(terminal: string, code: Refusal, text: string): string {
  return sha256Text(`${terminal}\n${code}\n${text}`);
}

/** Keeps what was not taken, as it came; the same thing sent again is kept once. */
export async function quarantine(
  db: Transaction<Tables>,
  terminal: string,
  refused: readonly { readonly code: Refusal; readonly text: string }[],
  nowMs: number,
): Promise<void> {
  for (const { code, text } of refused) {
    const raw = withoutNul(text);
    await db
      .insertInto('quarantine')
      .values({ key: keyOf(terminal, code, raw), terminal, code, raw, received_ms: nowMs })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .execute();
  }
}

/** Events that came behind a gap and have been taken since need nobody's look any more. `texts`: their canonical JSON. */
export async function release(db: Transaction<Tables>, terminal: string, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return;
  const keys = texts.map((text) => keyOf(terminal, 'gap', text));
  await db.deleteFrom('quarantine').where('key', 'in', keys).execute();
}
