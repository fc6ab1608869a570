import { expect, it } from 'vitest';
import { parseCommand, type SdtCommandName } from '#hardware/protocol/sdt-command.ts';
import { createSdtParser } from '#hardware/protocol/sdt-frame.ts';
import { encodeCard } from '#hardware/protocol/sdt-card.ts';
import { cardData, encodeReply } from '#hardware/protocol/sdt-message.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import { aWhile, bareWire, SPRING, startCardReader, until } from './device-bench.ts';

/** What a driver asks for. */
type Asked = Extract<SdtCommandName, 'samStatus' | 'findCard' | 'selectCard' | 'readCard'>;

const ANSWERS: Readonly<Record<Asked, Uint8Array>> = {
  samStatus: encodeReply(SW3.ok),
  findCard: encodeReply(SW3.found, new Uint8Array(4)),
  selectCard: encodeReply(SW3.ok, new Uint8Array(8)),
  readCard: encodeReply(SW3.ok, cardData(encodeCard(SPRING))),
};

const isAsked = (command: SdtCommandName | null): command is Asked => command !== null && command in ANSWERS;

/** A reader played by the test: `reply` says what goes out for a command. */
async function oddReader(reply: (command: Asked, sent: Uint8Array) => Uint8Array[]) {
  const line = bareWire();
  const parser = createSdtParser();
  line.onBytes((bytes) => {
    for (const result of parser.push(bytes)) {
      const command = result.kind === 'payload' ? parseCommand(result.payload) : null;
      if (isAsked(command)) for (const piece of reply(command, bytes)) line.send(piece);
    }
  });
  await line.plug();
  return startCardReader(line.path);
}

it('an adapter that echoes each command does no harm', async () => {
  const { driver, readings } = await oddReader((command, sent) => [sent, ANSWERS[command]]);
  await until(() => readings.length > 0, 'the card');
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(driver.counters().errors['echo']).toBeGreaterThanOrEqual(4);
});

it('an answer that comes too late is not taken for the answer to another command', async () => {
  let held: Uint8Array | null = null;
  const { driver, readings } = await oddReader((command) => {
    if (command !== 'readCard' || held !== null) return held === null ? [ANSWERS[command]] : [held, ANSWERS[command]];
    // The first reading is answered only when the next card is looked for.
    held = ANSWERS.readCard;
    return [];
  });
  await until(() => readings.length > 0, 'the card');
  await aWhile();
  expect(readings).toEqual([{ kind: 'id-card', card: SPRING }]);
  expect(driver.counters().errors['late']).toBeGreaterThan(0);
  expect(driver.condition()).toBe('ready');
});

it('text before the first answer, as from a port probe or a boot banner, is dropped', async () => {
  const banner = new TextEncoder().encode('AT+GCAP\r\nREADER V1.0\r\n');
  const { driver, readings } = await oddReader((command) =>
    command === 'samStatus' ? [banner, ANSWERS[command]] : [ANSWERS[command]],
  );
  await until(() => readings.length > 0, 'the card');
  expect(driver.counters().droppedBytes).toBe(banner.length);
});
