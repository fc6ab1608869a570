/** Of every call but those of the session: nobody has signed in; whoever has may not do this (shared/people/roles.ts). */
export const callErrors = {
  UNAUTHORIZED: { message: 'sign in first' },
  SETUP_FIRST: { status: 403, message: 'first the password or the second step, under My account' },
  FORBIDDEN: { message: 'your role may not do this' },
};
