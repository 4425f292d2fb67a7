import { expect, test } from 'vitest';
import type { ExamEntry, ExamHeader } from '../../../src/labs/exam/exam-entry.js';
import { NEW_EXAM } from '../../../src/labs/exam/exam-state.js';
import { ExamPlayback } from '../../../src/labs/playback/exam-playback.js';
import { examVisits } from '../../../src/labs/playback/exam-visits.js';
import type { Frame, Part, Playback } from '../../../src/labs/playback/playback.js';

const SECOND = 1_000_000;
const entries = (...rows: readonly object[]): ExamEntry[] =>
  rows.map((row, index) => ({ n: index + 1, ...row }) as ExamEntry);

/** Task 1, task 3, task 1 again; the program was gone from 50 s to 60 s. */
const SAT = entries(
  { at: 0, opened: 1 },
  { at: 10_000, opened: 3 },
  { at: 12_000, clock: true },
  { at: 20_000, opened: 1 },
  { at: 50_000, clock: true },
  { at: 60_000, resumed: true },
  { at: 70_000, ended: 'finished' },
);

test('tasks are in front as they were sat, and what was not sat belongs to none', () => {
  expect(examVisits(SAT).map(({ task, from, until }) => [task, from / 1000, until / 1000])).toEqual([
    [1, 0, 10],
    [3, 10, 20],
    [1, 20, 50],
    [1, 60, 70],
  ]);
  expect(examVisits([])).toEqual([]);
  // A clock that went back stands still.
  expect(examVisits(entries({ at: 9000, opened: 1 }, { at: 4000, opened: 2 }, { at: 11_000, clock: true }))).toEqual([
    { task: 2, from: 9000, until: 11_000 },
  ]);
});

/** A task that shows its own clock every five seconds, in pieces of half a minute. */
function ticking(until: number, ending?: string): Playback & { closed: boolean } {
  let at = 0;
  return {
    title: '',
    length: until,
    notices: [],
    ending,
    closed: false,
    async next(): Promise<Part | undefined> {
      if (at >= until) return undefined;
      const from = at;
      at = Math.min(until, at + 30);
      const frames: Frame[] = [];
      for (let second = Math.ceil(from / 5) * 5; second < at; second += 5)
        frames.push({ at: second * SECOND, kind: 'line', line: `at ${second}` });
      return { task: undefined, from: from * SECOND, until: at * SECOND, frames };
    },
    async close() {
      this.closed = true;
    },
  };
}

async function playedAll(tasks: ReadonlyMap<number, Playback>): Promise<string[]> {
  const header = { title: 'CKA mock exam' } as ExamHeader;
  const exam = { path: 'x', header, state: NEW_EXAM, entries: SAT.length, all: SAT, wholeBytes: 0, cut: false };
  const playback = new ExamPlayback({ ...exam, damagedLine: undefined }, async (number) => {
    const task = tasks.get(number);
    if (!task) throw new Error('its journal is gone');
    return task;
  });
  const rows: string[] = [];
  for (let part = await playback.next(); part; part = await playback.next()) {
    rows.push(`task ${part.task} ${part.from / SECOND}–${part.until / SECOND}`);
    for (const frame of part.frames)
      rows.push(
        `  ${frame.at / SECOND} ${frame.kind === 'line' ? frame.line : frame.kind === 'note' ? frame.text : ''}`,
      );
  }
  await playback.close();
  return rows;
}

test('each task is played while it was in front, and catches up when it is again', async () => {
  const [one, three] = [ticking(70), ticking(60)];
  const rows = await playedAll(
    new Map([
      [1, one],
      [3, three],
    ]),
  );
  expect(rows).toEqual([
    'task 1 0–10',
    ...['  0 at 0', '  5 at 5'],
    'task 3 10–20',
    ...['  10 at 0', '  15 at 5'],
    'task 1 20–30',
    ...['  20 at 10', '  20 at 15', '  20 at 20', '  25 at 25'],
    'task 1 30–50',
    ...['  30 at 30', '  35 at 35', '  40 at 40', '  45 at 45'],
    'task 1 60–60',
    ...['  60 at 50', '  60 at 55'],
    'task 1 60–70',
    ...['  60 at 60', '  65 at 65'],
  ]);
  expect([one.closed, three.closed]).toEqual([true, true]);
});

test('a task that cannot be played, or no further, says so in its place', async () => {
  const rows = await playedAll(new Map([[1, ticking(15, 'it differs')]]));
  expect(rows).toEqual([
    'task 1 0–10',
    ...['  0 at 0', '  5 at 5'],
    'task 3 10–20',
    '  10 Task 3 cannot be played: its journal is gone',
    'task 1 20–20',
    '  20 at 10',
    'task 1 20–50',
    '  20 Task 1: it differs.',
    'task 1 60–70',
  ]);
});
