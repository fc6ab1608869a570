/** What helps somebody who was refused. */
export type Help =
  | 'return-one'
  | 'return-overdue'
  /** It is on loan: taking it back comes first. */
  | 'return-first'
  | 'take-another'
  | 'come-back-later'
  | 'ask-staff'
  /** Not a matter for the gate: the community's office decides. */
  | 'ask-community';

/** Why the rules say no. Of several reasons the first is the one to show. */
export type Refusal = {
  readonly help: Help;
  /** Whether staff may decide otherwise, with a reason that goes into the event. */
  readonly override: boolean;
} & (
  | { readonly reason: 'on-loan' | 'lost' | 'retired' | 'damaged' | 'set-aside' }
  | { readonly reason: 'parts-missing'; readonly parts: readonly string[] }
  | { readonly reason: 'in-transfer'; readonly to: string }
  /** A question at lending was answered with no. */
  | { readonly reason: 'answered-no'; readonly question: string }
  | { readonly reason: 'blocked'; readonly until: string | null }
  | { readonly reason: 'overdue'; readonly count: number }
  | { readonly reason: 'limit'; readonly limit: number; readonly holding: number }
  | { readonly reason: 'reserved'; readonly reservation: string }
  /** Only staff lend these. */
  | { readonly reason: 'unattended' }
  /** Out of touch with the server, these are only taken back. */
  | { readonly reason: 'offline' }
  | { readonly reason: 'renewals-used'; readonly renewals: number }
  /** Not on loan to this borrower. */
  | { readonly reason: 'not-theirs' }
);
