import type { PersonFault } from '#shared/contract/people.ts';
import type { Result } from '#shared/result.ts';
import type { MyAccount, MyFault } from '../people/my-account.ts';
import type { People } from '../people/people.ts';
import type { Gated } from './gate.ts';

/** The value, or the error of the contract that has the fault's name. */
function done<T, Fault extends string>(
  result: Result<T, Fault>,
  errors: Readonly<Partial<Record<Fault, () => Error>>>,
): T {
  if (result.ok) return result.value;
  throw errors[result.error]?.() ?? new Error(`not expected here: ${result.error}`);
}

/** The calls of people.* in contract/people.ts, each of them behind the gate. */
export function peopleCalls({ people: calls }: Gated, people: People) {
  type Refusals = Readonly<Record<PersonFault, () => Error>>;
  const finished = async (result: Promise<Result<unknown, PersonFault>>, errors: Refusals) => {
    done(await result, errors);
    return {};
  };
  return {
    list: calls.list.handler(({ input }) => people.list(input)),
    create: calls.create.handler(async ({ input, errors }) => {
      const password = await people.create(input);
      if (password === null) throw errors.ACCOUNT_TAKEN();
      return { password };
    }),
    change: calls.change.handler(({ input, context, errors }) =>
      finished(people.change(context.account.account, input), errors),
    ),
    disable: calls.disable.handler(({ input, context, errors }) =>
      finished(people.disable(context.account.account, input.account), errors),
    ),
    enable: calls.enable.handler(({ input, context, errors }) =>
      finished(people.enable(context.account.account, input.account), errors),
    ),
    newPassword: calls.newPassword.handler(async ({ input, context, errors }) => ({
      password: done(await people.newPassword(context.account.account, input.account), errors),
    })),
    resetTotp: calls.resetTotp.handler(({ input, context, errors }) =>
      finished(people.resetTotp(context.account.account, input.account), errors),
    ),
    endSessions: calls.endSessions.handler(({ input, errors }) => finished(people.endSessions(input.account), errors)),
  };
}

/** The calls of me.* in contract/people.ts: behind the gate, but open to those who have to set up something first. */
export function meCalls({ me: calls }: Gated, mine: MyAccount) {
  type Refusals = Readonly<Partial<Record<MyFault, () => Error>>>;
  const finished = <T>(result: Result<T, MyFault>, errors: Refusals) => done(result, errors);
  const selfOf = (context: { account: { account: string }; address: string; secret: string | undefined }) => ({
    account: context.account.account,
    address: context.address,
    secret: context.secret,
  });
  return {
    changePassword: calls.changePassword.handler(async ({ input, context, errors }) => {
      finished(await mine.changePassword(selfOf(context), input.password, input.next), errors);
      return {};
    }),
    beginTotp: calls.beginTotp.handler(async ({ input, context, errors }) =>
      finished(await mine.beginTotp(selfOf(context), input.password), errors),
    ),
    confirmTotp: calls.confirmTotp.handler(async ({ input, context, errors }) => ({
      recoveryCodes: finished(await mine.confirmTotp(selfOf(context), input.code), errors),
    })),
    dropTotp: calls.dropTotp.handler(async ({ input, context, errors }) => {
      finished(await mine.dropTotp(selfOf(context), input.password, input.code), errors);
      return {};
    }),
  };
}
