/** Who works at the console (community.md, "People"), and what each may do there. */
export const ROLES = [
  'dispatcher',
  'coordinator',
  'worker',
  'editor',
  'reviewer',
  'secretary',
  'admin',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

interface Rule {
  readonly roles: readonly Role[];
  /** It changes something: it stands in the audit log, with these parts of what was asked. */
  readonly tells?: readonly string[];
}

/** Loans and events have people's masked names: those who need them see them. */
const LENDING = ['dispatcher', 'admin', 'auditor'] as const;
const LOOKS_AFTER_MACHINES = ['admin', 'auditor'] as const;

const SEES_LEAFLETS = ['editor', 'reviewer', 'admin', 'auditor'] as const;

/** Every call of the console (shared/contract/console.ts), by its path; `files.*` are requests of their own (server/leaflets/file-routes.ts). A call without a row is refused to all. */
const RULES = {
  overview: { roles: ROLES },
  items: { roles: LENDING },
  loans: { roles: LENDING },
  'events.latest': { roles: LENDING },
  'events.watch': { roles: LENDING },
  'quarantine.list': { roles: LENDING },
  'quarantine.entry': { roles: LENDING },
  'quarantine.letIn': { roles: ['admin'], tells: ['key'] },
  'terminals.list': { roles: LOOKS_AFTER_MACHINES },
  'terminals.issueCode': { roles: ['admin'], tells: ['station', 'terminal'] },
  'terminals.revoke': { roles: ['admin'], tells: ['terminal'] },
  'leaflets.list': { roles: SEES_LEAFLETS },
  'leaflets.versions': { roles: SEES_LEAFLETS },
  'leaflets.create': { roles: ['editor'], tells: ['leaflet'] },
  'leaflets.save': { roles: ['editor'], tells: ['leaflet'] },
  'leaflets.discard': { roles: ['editor'], tells: ['leaflet'] },
  'leaflets.submit': { roles: ['editor'], tells: ['leaflet'] },
  'leaflets.sendBack': { roles: ['reviewer'], tells: ['leaflet', 'remark'] },
  'leaflets.approve': { roles: ['reviewer'], tells: ['leaflet'] },
  'leaflets.withdraw': { roles: ['reviewer'], tells: ['leaflet', 'remark'] },
  'leaflets.resolve': { roles: SEES_LEAFLETS },
  'leaflets.groups': { roles: SEES_LEAFLETS },
  'leaflets.saveGroup': { roles: ['reviewer', 'admin'], tells: ['group'] },
  'leaflets.reading': { roles: SEES_LEAFLETS },
  'leaflets.whereabouts': { roles: SEES_LEAFLETS },
  'releases.list': { roles: SEES_LEAFLETS },
  'releases.terminals': { roles: SEES_LEAFLETS },
  'releases.prepare': { roles: ['reviewer'], tells: [] },
  'releases.publish': { roles: ['reviewer'], tells: ['hash', 'keyid'] },
  'releases.stop': { roles: ['reviewer', 'admin'], tells: ['release'] },
  'releases.rollBack': { roles: ['reviewer', 'admin'], tells: ['release'] },
  'releases.myKey': { roles: ['reviewer'] },
  'releases.saveMyKey': { roles: ['reviewer'], tells: ['publicKey'] },
  'files.read': { roles: SEES_LEAFLETS },
  'files.upload': { roles: ['editor'], tells: [] },
  'people.list': { roles: LOOKS_AFTER_MACHINES },
  'people.create': { roles: ['admin'], tells: ['account'] },
  'people.change': { roles: ['admin'], tells: ['account', 'roles'] },
  'people.disable': { roles: ['admin'], tells: ['account'] },
  'people.enable': { roles: ['admin'], tells: ['account'] },
  'people.newPassword': { roles: ['admin'], tells: ['account'] },
  'people.resetTotp': { roles: ['admin'], tells: ['account'] },
  'people.endSessions': { roles: ['admin'], tells: ['account'] },
  'me.changePassword': { roles: ROLES, tells: [] },
  'me.beginTotp': { roles: ROLES, tells: [] },
  'me.confirmTotp': { roles: ROLES, tells: [] },
  'me.dropTotp': { roles: ROLES, tells: [] },
  'audit.list': { roles: LOOKS_AFTER_MACHINES },
} as const satisfies Readonly<Record<string, Rule>>;
export type Action = keyof typeof RULES;

/** All that can be done at the console by somebody who has signed in. */
export const ACTIONS: readonly Action[] = Object.keys(RULES).filter(isAction);

export function isAction(name: string): name is Action {
  return Object.hasOwn(RULES, name);
}

export function mayDo(roles: readonly Role[], action: Action): boolean {
  const rule: Rule = RULES[action];
  return rule.roles.some((role) => roles.includes(role));
}

/** Which parts of what was asked stand in the audit log; null where the call only looks. */
export function toldOf(action: Action): readonly string[] | null {
  const rule: Rule = RULES[action];
  return rule.tells ?? null;
}
