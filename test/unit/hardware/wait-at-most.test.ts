import { expect, it } from 'vitest';
import { waitAtMost } from '#hardware/transport/wait-at-most.ts';

it('goes on when it is done, and when it never is', async () => {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const order: string[] = [];
  const waiting = waitAtMost(60_000, done).then(() => order.push('done'));
  await waitAtMost(1, new Promise(() => {})).then(() => order.push('never'));
  end();
  await waiting;
  expect(order).toEqual(['never', 'done']);
});
