import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { draftLent, draftReturned } from '#electron/core/lending/drafts.ts';
import { openServerDatabase } from '#server/store/database.ts';
import { createEventLog } from '#server/store/event-log.ts';
import { T10_CARD } from '../../fixtures/cards.ts';
import { seedDrafts, seededTerminalWorld, temporaryFolder } from '../../fixtures/ledger-world.ts';

const ROOT = join(import.meta.dirname, '../../..');
const HOLDER = { id: 'ab'.repeat(32), name: '王*春' };

/** Runs a tool as a technician would, as a process of its own. */
function tool(...args: string[]) {
  const done = spawnSync(process.execPath, [join(ROOT, 'scripts/tool.ts'), ...args], { encoding: 'utf8' });
  const lines = done.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { status: done.status, lines, stderr: done.stderr };
}

/** A terminal's database with one loan open and one ended. */
function databaseFile(): string {
  const { ledger, db, path } = seededTerminalWorld();
  ledger.append([draftLent('HF-000001', 'LD', HOLDER, '2026-11-26T23:59:00+08:00')]);
  ledger.append([draftLent('HF-000002', 'LD', HOLDER, '2026-11-26T23:59:00+08:00')]);
  ledger.append([draftReturned('HF-000002', 'LD', null, null)]);
  db.close();
  return path;
}

describe('decode', () => {
  it('prints a line a result, two frames in one chunk, and what was dropped (vector T8 with noise before it)', () => {
    const hex = '00 FF AA AA AA 96 69 00 04 00 00 80 84 AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97';
    expect(tool('decode', '--protocol', 'sdt', '--hex', hex)).toMatchObject({
      status: 0,
      lines: [
        { kind: 'frame', status: '80', data: '' },
        { kind: 'frame', status: '9f', data: '00000000' },
        { kind: 'end', dropped: 2 },
      ],
    });
  });

  it('shows a card masked, and whole only when asked to (vector T10)', () => {
    const file = join(temporaryFolder(), 'card.json');
    writeFileSync(file, JSON.stringify(T10_CARD));
    const hex = String(tool('encode', '--protocol', 'sdt', '--card', file).lines[0]?.['hex']);
    const masked = tool('decode', '--protocol', 'sdt', '--hex', hex);
    expect(masked.lines[1]).toMatchObject({ kind: 'id-card', type: 'citizen', sex: 'female', name: '测*员' });
    expect(JSON.stringify(masked.lines)).not.toContain('11010519491231002X');
    expect(tool('decode', '--protocol', 'sdt', '--hex', hex, '--reveal').lines[1]).toEqual({
      kind: 'id-card',
      ...T10_CARD,
    });
  });

  it('reads a scanner’s bytes in any chunks, with the AIM letter where there is one', () => {
    const { lines } = tool(
      'decode',
      '--protocol',
      'line',
      '--hex',
      '5D 43 30 48 46 30',
      '--hex',
      '30 30 30 30 31 30 0D 41 42',
    );
    expect(lines).toMatchObject([
      { kind: 'barcode', text: 'HF0000010', symbology: 'C' },
      { kind: 'error', code: 'half-line' },
      { kind: 'end', dropped: 2 },
    ]);
  });

  it('ends without a word when whoever reads it has had enough', () => {
    const long = ['due', join(ROOT, 'test/cases/due.json')].map((part) => `'${part}'`).join(' ');
    const command = `'${process.execPath}' '${join(ROOT, 'scripts/tool.ts')}' ${long} | head -n 1`;
    const done = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect(done.stdout.trim().split('\n')).toHaveLength(1);
    expect(done.stderr).toBe('');
  });

  it('a call that makes no sense exits with 2 and says why on stderr', () => {
    for (const args of [['--protocol', 'nonsense'], ['--protocol', 'sdt', '--hex', 'XY'], ['--what']]) {
      const { status, lines, stderr } = tool('decode', ...args);
      expect([status, lines]).toEqual([2, []]);
      expect(stderr).toMatch(/^decode: /);
    }
    expect(tool('nonsense').status).toBe(2);
  });
});

describe('events, replay and verify', () => {
  it('events prints the log, replay folds it in any order to the same states', () => {
    const path = databaseFile();
    const all = tool('events', '--db', path);
    expect(all.lines).toHaveLength(12);
    expect(tool('events', '--db', path, '--since', '11').lines).toEqual(all.lines.slice(11));

    const file = join(temporaryFolder(), 'events.jsonl');
    writeFileSync(
      file,
      all.lines
        .toReversed()
        .map((line) => JSON.stringify(line))
        .join('\n'),
    );
    const { lines } = tool('replay', file);
    const subjects = lines.map((line) => String(line['subject']));
    expect(subjects).toEqual(subjects.toSorted());
    expect(lines.find(({ subject }) => subject === 'item:HF-000001')).toMatchObject({
      state: { status: 'on-loan', loan: { name: '王*春', due: '2026-11-26T23:59:00+08:00' } },
      exceptions: [],
    });
    expect(lines.find(({ subject }) => subject === 'item:HF-000002')).toMatchObject({ state: { status: 'in-stock' } });
    const before = tool('replay', file, '--at', '2026-11-23T01:00:00Z');
    expect(before.lines).toEqual([]);
  });

  it('verify is clean on a sound file', () => {
    const { status, lines } = tool('verify', '--db', databaseFile());
    expect(lines.map((line) => [line['check'], line['ok']])).toEqual([
      ['integrity', true],
      ['chain LD-1', true],
      ['chain server', true],
      ['head', true],
      ['folds', true],
      ['loans', true],
    ]);
    expect(status).toBe(0);
  });

  it.each([
    [
      'an event changed behind its back',
      "UPDATE events SET json = replace(json, 'HF-000001', 'HF-000003') WHERE terminal = 'LD-1' AND n = 1",
      'chain LD-1',
    ],
    ['an event taken away', "DELETE FROM events WHERE terminal = 'LD-1' AND n = 2", 'chain LD-1'],
    [
      'a projection that says otherwise',
      "UPDATE subjects SET state = replace(state, 'on-loan', 'in-stock') WHERE subject = 'item:HF-000001'",
      'folds',
    ],
    [
      'an item on loan that nobody borrowed',
      "UPDATE subjects SET status = 'on-loan' WHERE subject = 'item:HF-000004'",
      'loans',
    ],
  ])('verify notices %s', (_what, sql, check) => {
    const path = join(temporaryFolder(), 'terminal.sqlite');
    copyFileSync(databaseFile(), path);
    const db = new Database(path);
    db.exec(sql);
    db.close();
    const { status, lines } = tool('verify', '--db', path);
    expect(status).toBe(1);
    expect(lines.filter((line) => line['ok'] === false).map((line) => line['check'])).toContain(check);
  });

  it('--rebuild makes the projections anew, and says how many differed', () => {
    const path = databaseFile();
    const db = new Database(path);
    db.exec("UPDATE subjects SET state = replace(state, 'on-loan', 'in-stock') WHERE subject = 'item:HF-000001'");
    db.exec("DELETE FROM subjects WHERE subject = 'item:HF-000003'");
    db.exec("UPDATE subjects SET base = 1, status = 'lost' WHERE subject = 'item:HF-000004'");
    db.close();
    const folds = (...args: string[]) => tool('verify', path, ...args).lines.find(({ check }) => check === 'folds');
    const two = 'item:HF-000001, item:HF-000003; 1 that began with a snapshot are left out';
    expect(folds()).toEqual({ check: 'folds', ok: false, detail: `2 of 8 differ: ${two}` });
    expect(folds('--rebuild')).toMatchObject({ ok: true, detail: `2 of 8 differed and were made anew: ${two}` });
    expect(folds()).toMatchObject({ ok: true });
  });

  it('a server’s file is looked at the same way', async () => {
    const choice = { kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') } as const;
    const database = await openServerDatabase(choice);
    await createEventLog({ database, now: Date.now, newId: () => v7() }).append(seedDrafts());
    await database.db.updateTable('subjects').set({ state: '{}' }).where('subject', '=', 'type:umbrella').execute();
    await database.close();
    const folds = (...args: string[]) =>
      tool('verify', choice.path, ...args).lines.find(({ check }) => check === 'folds');
    expect(folds()).toMatchObject({ ok: false, detail: '1 of 9 differ: type:umbrella' });
    expect(folds('--rebuild')).toMatchObject({ ok: true });
    const { status, lines } = tool('verify', choice.path);
    expect(lines.map(({ check }) => check)).toEqual(['integrity', 'chain server', 'places', 'loans', 'audit', 'folds']);
    expect(status).toBe(0);
  });

  it('a file that is not there is neither made nor taken for sound', () => {
    const path = join(temporaryFolder(), 'nothing.sqlite');
    expect(tool('verify', '--db', path).status).toBe(2);
    expect(tool('events', '--db', path).status).toBe(2);
  });
});

describe('due', () => {
  const lent = ['--period', 'P3D', '--lent', '2026-11-22T10:25:00+08:00', '--zone', 'Asia/Shanghai'];

  it('says when a loan is due, by hours and special days', () => {
    expect(tool('due', ...lent).lines).toEqual([{ due: '2026-11-25T23:59:00+08:00' }]);
    const closed = [
      ...lent,
      '--hours',
      'mon-sun 07:00-22:00',
      '--day',
      '2026-11-26=closed',
      '--day',
      '2026-11-27=09:00-12:00',
    ];
    expect(tool('due', ...closed).lines).toEqual([{ due: '2026-11-27T09:00:00+08:00' }]);
  });

  it('re-dates what a borrower was told', () => {
    const told = ['--told', '2026-11-25T23:59:00+08:00', '--zone', 'Asia/Shanghai', '--hours', 'mon-fri 08:00-18:00'];
    expect(tool('due', ...told).lines).toEqual([{ due: '2026-11-26T08:00:00+08:00' }]);
  });

  it('a call that makes no sense exits with 2', () => {
    for (const args of [[], ['--period', 'P3D'], [...lent, '--hours', 'always'], ['--told', 'now', '--zone', 'UTC']]) {
      expect(tool('due', ...args)).toMatchObject({ status: 2, lines: [] });
    }
    expect(tool('due', ...lent.slice(0, -1), 'Nowhere/Land').status).toBe(2);
  });
});

describe('files of cases', () => {
  const [due, table] = ['due.json', 'item-table.json'].map((file) => join(ROOT, 'test/cases', file));

  it('are run by hand: a line a case, and 1 where one is not as expected', () => {
    for (const [name, file] of [
      ['due', due],
      ['replay', table],
    ] as const) {
      const cases = JSON.parse(readFileSync(file!, 'utf8')) as Record<string, unknown>[];
      const { status, lines } = tool(name, file!);
      expect(status).toBe(0);
      expect(lines.map((line) => [line['why'], line['ok']])).toEqual(cases.map(({ why }) => [why, true]));
    }
    const wrong = join(temporaryFolder(), 'wrong.json');
    const events = [{ id: 'made', type: 'item.registered' }];
    writeFileSync(wrong, JSON.stringify([{ why: 'x', events, expect: { 'item:HF-000001': { status: 'lost' } } }]));
    expect(tool('replay', wrong)).toMatchObject({
      status: 1,
      lines: [{ ok: false, wrong: ['item:HF-000001.status'] }],
    });
  });
});

describe('schema', () => {
  it('is one document with every event, the contracts and the settings', () => {
    const { status, lines } = tool('schema');
    expect([status, lines.length]).toEqual([0, 1]);
    const [document] = lines;
    expect(Object.keys(document!)).toEqual(['event', 'bodies', 'contract', 'settings']);
    expect(Object.keys(document!['bodies'] as object)).toContain('item.lent/1');
    expect(document).toMatchObject({
      bodies: { 'item.lent/1': { type: 'object', required: ['borrower', 'name', 'due', 'station'] } },
      settings: { terminal: { type: 'object' } },
    });
  });
});
