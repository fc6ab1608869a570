import { expect, it } from 'vitest';
import type { BarcodeReading } from '#hardware/device/barcode-scanner.ts';
import { createKeyboardScanner } from '#hardware/device/keyboard-scanner.ts';

function scannerWorld() {
  const readings: BarcodeReading[] = [];
  const conditions: string[] = [];
  let now = 0;
  const scanner = createKeyboardScanner({
    delays: { repeat: 1_500 },
    monotonic: () => now,
    onReading: (reading) => readings.push(reading),
    onCondition: (condition) => conditions.push(condition),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { scanner, readings, conditions, pass };
}

it('reads what was typed, the identifier apart', () => {
  const { scanner, readings, conditions } = scannerWorld();
  scanner.start();
  scanner.start();
  scanner.typed(']C180049521234A0042');
  scanner.typed('HF-000001-84');
  expect(readings).toMatchObject([
    { text: '80049521234A0042', symbology: 'C', modifier: '1', content: { kind: 'gs1' } },
    { text: 'HF-000001-84', symbology: null, content: { kind: 'item' } },
  ]);
  expect(conditions).toEqual(['ready']);
});

it('a label held too long is one reading, shown again it is another', () => {
  const { scanner, readings, pass } = scannerWorld();
  scanner.start();
  scanner.typed('HF-000001-84');
  pass(1_000);
  scanner.typed('HF-000001-84');
  pass(2_000);
  scanner.typed('HF-000001-84');
  expect(readings).toHaveLength(2);
  expect(scanner.counters()).toMatchObject({ readings: 2, frames: 3, errors: { repeated: 1 } });
});

it('reads nothing before it starts and after it stops', async () => {
  const { scanner, readings } = scannerWorld();
  scanner.typed('HF-000001-84');
  scanner.start();
  await scanner.stop();
  scanner.typed('HF-000001-84');
  expect([readings, scanner.condition()]).toEqual([[], 'no-device']);
});
