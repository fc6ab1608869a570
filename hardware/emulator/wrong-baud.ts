const DATA_BITS = 8;

/** Start bit, 8 data bits with the lowest first, stop bit: the levels of a line at rest between bytes. */
function levelsOf(bytes: Uint8Array): number[] {
  const levels: number[] = [1];
  for (const byte of bytes) {
    levels.push(0);
    for (let bit = 0; bit < DATA_BITS; bit += 1) levels.push((byte >> bit) & 1);
    levels.push(1);
  }
  return levels;
}

/**
 * What a UART set to `heardBaud` makes of bytes sent at `sentBaud`, 8N1, back to back: it looks at the middle of each of
 * its own bit times behind a falling edge. A pseudo-terminal has no speed, so the emulator does the sampling. A byte whose
 * stop bit is missing is kept as it was sampled, as Linux does for a port without INPCK (drivers/tty/n_tty.c).
 */
export function heardAt(bytes: Uint8Array, sentBaud: number, heardBaud: number): Uint8Array {
  const levels = levelsOf(bytes);
  const sentPerHeard = sentBaud / heardBaud;
  const levelAt = (time: number) => levels[Math.floor(time)] ?? 1;
  const heard: number[] = [];
  let at = 0;
  while (at < levels.length) {
    while (at < levels.length && levels[at] === 0) at += 1;
    while (at < levels.length && levels[at] === 1) at += 1;
    if (at >= levels.length) break;
    const middle = (place: number) => at + sentPerHeard * (place + 0.5);
    if (levelAt(middle(0)) === 1) continue;
    let byte = 0;
    for (let bit = 0; bit < DATA_BITS; bit += 1) byte |= levelAt(middle(bit + 1)) << bit;
    heard.push(byte);
    at = Math.floor(middle(DATA_BITS + 1));
  }
  return Uint8Array.from(heard);
}
