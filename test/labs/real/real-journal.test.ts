import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type JournalHeader, REAL_JOURNAL_VERSION } from '../../../src/labs/journal/entry.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import type { Frame } from '../../../src/labs/playback/playback.js';
import { TextPlayback } from '../../../src/labs/playback/text-playback.js';
import { RealJournal } from '../../../src/labs/real/real-journal.js';
import { TaskClock } from '../../../src/labs/real/task-clock.js';
import { temporaryFolder } from '../home-folder.js';

const HEADER: JournalHeader = {
  kubedrill: 'journal',
  version: REAL_JOURNAL_VERSION,
  program: '1',
  lab: 'cka/small',
  content: 'x',
  seed: '1',
  salt: '',
  timing: 'brisk',
  epoch: 0,
  real: { cluster: 'context=prod', place: { host: 'kd', hosts: {}, answers: '/tmp/a' }, baseline: {} },
  started: '2026-01-01T00:00:00.000Z',
};

/** A journal whose seconds pass when it is told. */
function journalAt(): { journal: RealJournal; path: string; passes: (seconds: number) => void } {
  const path = join(temporaryFolder(), 'a.jsonl');
  let wall = 0;
  const clock = new TaskClock(0, () => wall);
  clock.start();
  const journal = new RealJournal(JournalWriter.create(path, HEADER), clock, (error) => {
    throw error;
  });
  return {
    journal,
    path,
    passes: (seconds) => {
      journal.noteClock();
      wall += seconds * 1000;
    },
  };
}

async function framesIn(path: string): Promise<Frame[]> {
  const playback = TextPlayback.open(path, (lab) => lab);
  const frames: Frame[] = [];
  for (let part = await playback.next(); part; part = await playback.next()) frames.push(...part.frames);
  return frames;
}

const told = (frames: readonly Frame[]): string[] =>
  frames.map((frame) => {
    const at = frame.at / 1e6;
    if (frame.kind === 'output') return `${at} ${frame.terminal}: ${Buffer.from(frame.bytes).toString('utf8')}`;
    if (frame.kind === 'line') return `${at} line ${frame.line}`;
    if (frame.kind === 'mark') return `${at} mark ${frame.mark}`;
    if (frame.kind === 'note') return `${at} note ${frame.text}`;
    return `${at} ${frame.kind} ${frame.terminal}`;
  });

test('what was shown is shown again at its instants, and characters that came in two pieces are whole', async () => {
  const { journal, path, passes } = journalAt();
  journal.input({ kind: 'open-terminal', terminal: 1, host: 'kind', user: 'you', columns: 80, rows: 24 });
  journal.shown(1, Buffer.from('$ '));
  passes(3);
  journal.typed(1);
  journal.typed(1);
  journal.shown(1, Buffer.from('ä').subarray(0, 1));
  journal.shown(1, Buffer.from('ä').subarray(1));
  journal.line('ä');
  passes(60);
  journal.input({ kind: 'open-terminal', terminal: 2, host: 'kind', user: 'you', columns: 80, rows: 24 }, 2);
  journal.shown(2, Buffer.from('two'));
  journal.shown(1, Buffer.from('one'));
  journal.mark('graded');
  journal.close();
  expect(told(await framesIn(path))).toEqual([
    '0 opened 1',
    '0 1: $ ',
    '3 typed 1',
    '3 1: ä',
    '3 line ä',
    '63 opened 2',
    '63 2: two',
    '63 1: one',
    '63 mark graded',
  ]);
});

test('a program that floods a terminal fills no disk, and what is left out is said', async () => {
  const { journal, path, passes } = journalAt();
  const line = Buffer.from(`${'y'.repeat(1023)}\n`);
  for (let second = 0; second < 20; second += 1) {
    for (let lines = 0; lines < 2000; lines += 1) journal.shown(1, line);
    passes(1);
  }
  passes(120);
  journal.shown(1, Buffer.from('$ '));
  journal.close();
  expect(statSync(path).size).toBeLessThan(1_500_000);
  const frames = await framesIn(path);
  const notes = frames.filter((frame) => frame.kind === 'note');
  expect(notes.length).toBeGreaterThan(0);
  const kept = frames.reduce((sum, frame) => sum + (frame.kind === 'output' ? frame.bytes.length : 0), 0);
  const left = readJournal(path).entries.reduce((sum, entry) => sum + ('leftOut' in entry ? entry.leftOut : 0), 0);
  expect(kept + left).toBe(20 * 2000 * 1024 + 2);
  expect(told(frames).at(-1)).toBe('140 1: $ ');
});
