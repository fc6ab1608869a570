import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ROLES } from '../people/roles.ts';

/** Who has an account of the console, and what everybody does with their own. Joined to contract/console.ts. */

export const accountSchema = z.object({
  account: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
});
export type Account = z.infer<typeof accountSchema>;

/** Whose session it is. */
export const whoSchema = accountSchema.extend({
  /** What has to be done before anything else: another password, or a second step to sign-in. */
  must: z.enum(['password', 'second-step']).nullable(),
  /** Sign-in asks for a code. */
  totp: z.boolean(),
});
export type Who = z.infer<typeof whoSchema>;

/** What signs in: never one that looks like another. */
const accountNameSchema = z.string().regex(/^[a-z][a-z0-9._-]{1,31}$/);
const personNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{Cc}]*$/u);
const rolesSchema = z
  .array(z.enum(ROLES))
  .min(1)
  .refine((roles) => new Set(roles).size === roles.length);
/** Long rather than strange (NIST SP 800-63B, section 5.1.1.2). */
export const SHORTEST_PASSWORD = 10;
const newPasswordSchema = z.string().min(SHORTEST_PASSWORD).max(200);
const passwordSchema = z.string().min(1).max(200);
/** Of the app, or one for recovery. */
export const codeSchema = z.string().min(1).max(40);

export const personRowSchema = accountSchema.extend({
  disabledMs: z.int().nullable(),
  /** Has a password that was made here and not changed yet. */
  mustChange: z.boolean(),
  totp: z.boolean(),
  signedInMs: z.int().nullable(),
  sessions: z.int(),
});
export type PersonRow = z.infer<typeof personRowSchema>;

const named = z.object({ account: z.string().min(1).max(64) });
const oneTime = z.object({ password: z.string() });
const nothing = z.object({});

const UNKNOWN_ACCOUNT = { status: 404, message: 'there is no such account' };
const OWN_ACCOUNT = { status: 409, message: 'nobody does this to their own account' };
const LAST_ADMIN = { status: 409, message: 'somebody has to be an admin' };
const other = oc.errors({ UNKNOWN_ACCOUNT, OWN_ACCOUNT, LAST_ADMIN });
export type PersonFault = 'UNKNOWN_ACCOUNT' | 'OWN_ACCOUNT' | 'LAST_ADMIN';

export const peopleContract = {
  list: oc
    .input(
      z.object({
        search: z.string().max(100).optional(),
        role: z.enum(ROLES).optional(),
        state: z.enum(['active', 'disabled']).optional(),
        sort: z.enum(['account', 'name', 'signedIn']).default('account'),
        descending: z.boolean().default(false),
        page: z.int().min(1).default(1),
        pageSize: z.int().min(1).max(200).default(20),
      }),
    )
    .output(z.object({ rows: z.array(personRowSchema), total: z.int() })),
  /** The password is told this once, and has to be changed at the first sign-in. */
  create: oc
    .errors({ ACCOUNT_TAKEN: { status: 409, message: 'there is such an account' } })
    .input(z.object({ account: accountNameSchema, name: personNameSchema, roles: rolesSchema }))
    .output(oneTime),
  /** One’s own name may be changed, one’s own roles not. */
  change: other.input(named.extend({ name: personNameSchema, roles: rolesSchema })).output(nothing),
  /** Ends their sessions, too. */
  disable: other.input(named).output(nothing),
  enable: other.input(named).output(nothing),
  newPassword: other.input(named).output(oneTime),
  resetTotp: other.input(named).output(nothing),
  endSessions: other.input(named).output(nothing),
};

const WRONG_PASSWORD = { status: 409, message: 'that is not the password' };
const WRONG_CODE = { status: 409, message: 'that is no code that counts now' };
const TOO_MANY_TRIES = { status: 429 };

export const meContract = {
  /** Ends all other sessions of the account. */
  changePassword: oc
    .errors({ WRONG_PASSWORD, TOO_MANY_TRIES, SAME_PASSWORD: { status: 409, message: 'that is the old one' } })
    .input(z.object({ password: passwordSchema, next: newPasswordSchema }))
    .output(nothing),
  /** A secret for the app; it counts after `confirmTotp`. */
  beginTotp: oc
    .errors({ WRONG_PASSWORD, TOO_MANY_TRIES })
    .input(z.object({ password: passwordSchema }))
    .output(z.object({ secret: z.string(), uri: z.string() })),
  /** The codes for recovery are told this once. */
  confirmTotp: oc
    .errors({ WRONG_CODE, TOO_MANY_TRIES })
    .input(z.object({ code: codeSchema }))
    .output(z.object({ recoveryCodes: z.array(z.string()) })),
  dropTotp: oc
    .errors({ WRONG_PASSWORD, WRONG_CODE, TOO_MANY_TRIES })
    .input(z.object({ password: passwordSchema, code: codeSchema }))
    .output(nothing),
};
