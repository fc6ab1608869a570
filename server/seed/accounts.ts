import { z } from 'zod';
import { accountSchema, type Account } from '#shared/contract/people.ts';
import accounts from './data/accounts.json' with { type: 'json' };

/** The console's accounts of the seed, without passwords: whoever seeds chooses them. */
export const seedAccounts: readonly Account[] = z.array(accountSchema).parse(accounts);
