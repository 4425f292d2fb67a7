import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import { seededDice } from '../../../src/labs/dice.js';
import { instantiate } from '../../../src/labs/format/instance.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { AttemptTerminal } from '../../../src/labs/session/attempt-terminal.js';
import { TERMINALS_MAX } from '../../../src/labs/session/attempt-terminals.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { type AttemptOptions, resumeAttempt, startAttempt } from '../../../src/labs/session/open-attempt.js';
import { temporaryFolder } from '../home-folder.js';

const lab = readCatalogue(contentFolder()).labs.find(({ id }) => id === 'cka/drain-a-node') as Lab;
const instance = instantiate(lab, { seed: '7', dice: seededDice('7') });
let options: AttemptOptions;
let open: LiveSession | undefined;

beforeEach(() => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  options = { home, progress, program: '1', columns: 80, rows: 24, where: { thread: 'same' } };
});

afterEach(async () => {
  await open?.leave({ finished: true });
  open = undefined;
});

/** What terminals have shown so far, by their numbers. */
type Heard = Record<number, string>;

function listen(session: LiveSession): Heard {
  open = session;
  const heard: Heard = {};
  const attended = new Set<AttemptTerminal>();
  const attend = (): void => {
    for (const terminal of session.terminals.all.filter((one) => !attended.has(one))) {
      attended.add(terminal);
      heard[terminal.number] = '';
      terminal.onOutput((bytes) => {
        heard[terminal.number] += Buffer.from(bytes).toString('utf8');
      });
    }
  };
  session.terminals.onChange(attend);
  attend();
  return heard;
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 });

const numbers = ({ terminals }: LiveSession): number[] => terminals.all.map(({ number }) => number);

function line(session: LiveSession, number: number, text: string): void {
  session.terminals.all.find((one) => one.number === number)?.type(Buffer.from(`${text}\r`));
}

function openAnother(session: LiveSession): AttemptTerminal {
  const opened = session.terminals.open(80, 24);
  if (!opened) throw new Error('there is no other terminal');
  return opened;
}

async function goOn(session: LiveSession): Promise<LiveSession> {
  await session.leave({ finished: false });
  return resumeAttempt(readJournal(session.path), instance, session.id, options);
}

describe('several terminals of an attempt', { timeout: 120_000 }, () => {
  test('live at once, and are all there again with what they showed', async () => {
    const session = await startAttempt(instance, options);
    const heard = listen(session);
    const second = openAnother(session);
    expect(numbers(session)).toEqual([1, 2]);
    await until(() => heard[1]?.endsWith('$ ') === true && heard[2]?.endsWith('$ ') === true);
    expect(await second.running()).toBeUndefined();
    line(session, 1, 'k create ns seen -o name; k get ns -w -o name');
    await until(() => /seen\r\n.*\/seen\r\n/s.test(heard[1] ?? ''));
    expect(await session.terminals.first?.running()).toBe('kubectl');
    line(session, 2, 'k create ns other -o name');
    await until(() => heard[1]?.includes('namespace/other\r\n') === true);
    expect(heard[2]).not.toContain('seen');
    second.resize(100, 30);
    await until(() => heard[2]?.endsWith('$ ') === true);
    const before = { ...heard };
    // Shells that ran commands are told the size of their own windows.
    const resumed = await goOn(session);
    const again = listen(resumed);
    expect(again).toEqual(before);
    expect(resumed.typed()).toEqual(['k create ns seen -o name; k get ns -w -o name', 'k create ns other -o name']);
    line(resumed, 2, 'k create ns third -o name; stty size; tty');
    await until(() => again[1]?.includes('namespace/third\r\n') === true);
    await until(() => again[2]?.includes('30 100\r\n/dev/pts/1\r\n') === true);
  });

  test('close one by one: by their shells, and as windows do, which hangs up what ran in them', async () => {
    const session = await startAttempt(instance, options);
    const heard = listen(session);
    const [second, third] = [openAnother(session), openAnother(session)];
    await until(() => heard[3]?.endsWith('$ ') === true);
    line(
      session,
      2,
      'sleep 1001 & nohup sleep 1002 & sleep 1003 & disown -h; bash -c "trap \\"echo hung up > two; exit\\" HUP; sleep 1004 & wait"',
    );
    line(session, 3, 'exit');
    await until(() => numbers(session).join() === '1,2');
    await vi.waitFor(async () => expect(await second.running()).toBe('bash'));
    expect(session.terminals.close(second)).toBe(true);
    expect(session.terminals.close(third)).toBe(false);
    expect(numbers(session)).toEqual([1]);
    line(session, 1, 'ps -eo args | command grep "^sleep 100"; cat two; echo over-$((1+1))');
    await until(() => heard[1]?.includes('over-2') === true);
    expect(heard[1]).toContain('sleep 1002\r\n');
    expect(heard[1]).toContain('sleep 1003\r\n');
    expect(heard[1]).not.toMatch(/sleep 100[14]\r\n/);
    expect(heard[1]).toContain('hung up\r\n');
    // Numbers are taken again, and the last one stays.
    expect(openAnother(session).number).toBe(2);
    const resumed = await goOn(session);
    const again = listen(resumed);
    expect(numbers(resumed)).toEqual([1, 2]);
    expect(again[1]).toBe(heard[1]);
    await until(() => again[2]?.endsWith('$ ') === true);
    line(resumed, 1, 'exit');
    await until(() => numbers(resumed).join() === '2');
    expect(resumed.terminals.close(resumed.terminals.first as AttemptTerminal)).toBe(false);
    line(resumed, 2, 'exit');
    await until(() => /the shell has ended.*\n.*\$ $/s.test(again[2] ?? ''));
    const last = listen(await goOn(resumed));
    expect(last).toEqual({ 2: again[2] });
    const { entries } = readJournal(resumed.path);
    expect(entries.flatMap((entry) => ('tab' in entry ? [entry.tab] : []))).toEqual([2, 3, 2]);
  });

  test('are as many as digits can name', async () => {
    const session = await startAttempt(instance, options);
    listen(session);
    for (let more = 1; more < TERMINALS_MAX; more += 1) openAnother(session);
    expect(session.terminals.open(80, 24)).toBeUndefined();
    expect(numbers(session)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
