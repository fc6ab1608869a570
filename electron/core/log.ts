import type { Logger } from 'pino';

/** The structured log: an object of fields first, then a sentence. Never given names or numbers of people. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error' | 'debug'>;
