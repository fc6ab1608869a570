/**
 * Resident identity numbers, GB 11643-1999: 6 digits region, 8 birth date, 3 sequence (odd male, even female), 1 check
 * character by ISO/IEC 7064 MOD 11-2 with `X` for ten.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';

/** The check character of the first 17 digits. */
export function idNumberCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return CHECK.charAt(sum % 11);
}

/** The number in its one spelling (a final x made upper case), or null if it is not valid. */
export function parseIdNumber(text: string): string | null {
  const number = text.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(number)) return null;
  return idNumberCheck(number.slice(0, 17)) === number[17] ? number : null;
}
