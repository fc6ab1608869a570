import type { Notice } from '#shared/contract/kiosk.ts';
import type { OpenPhase, OpenSession, Session, SessionFacts, SessionLine, SessionStep } from './session.ts';

/** The sheet of this phase with what is on it now, and its time from the start. */
export function openSheet(session: Session, phase: OpenPhase, facts: SessionFacts): OpenSession {
  const from = session.phase === 'idle' ? { holder: null, lines: [], notice: null } : session;
  return {
    phase,
    serial: session.serial,
    holder: from.holder,
    lines: from.lines,
    notice: from.notice,
    endsAt: facts.monotonic + facts.delays[phase],
  };
}

/** A new conversation: nothing of the one before is left. */
export function beginSheet(session: Session, phase: OpenPhase, facts: SessionFacts): OpenSession {
  return openSheet({ phase: 'idle', serial: session.serial }, phase, facts);
}

/** Says something about the last scan; lines stay. */
export function notify(session: OpenSession, kind: Notice['kind'], text: string): OpenSession {
  const seq = session.serial + 1;
  return { ...session, serial: seq, notice: { seq, kind, text: text.slice(0, 40) } };
}

/** One more line; what was said before it is over. */
export function addLine(session: OpenSession, line: Omit<SessionLine, 'id'>): OpenSession {
  const serial = session.serial + 1;
  return { ...session, serial, notice: null, lines: [...session.lines, { id: String(serial), ...line }] };
}

/** A step that records nothing. */
export function only(session: Session): SessionStep {
  return { session, drafts: [] };
}

/** A scan that leads to no item: said on the sheet that is open, or on one of its own. */
export function sayUnknown(session: Session, kind: Notice['kind'], text: string, facts: SessionFacts): SessionStep {
  const target =
    session.phase === 'idle' || session.phase === 'receipt'
      ? beginSheet(session, 'unknown', facts)
      : openSheet(session, session.phase, facts);
  return only(notify(target, kind, text));
}

/** Nothing is open, and nobody is remembered. */
export function idleSheet(session: Session): Session {
  return { phase: 'idle', serial: session.serial };
}
