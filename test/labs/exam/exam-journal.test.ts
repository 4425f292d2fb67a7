import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { EXAM_VERSION, type ExamHeader } from '../../../src/labs/exam/exam-entry.js';
import { ExamJournal, examPath, readExam } from '../../../src/labs/exam/exam-journal.js';
import { temporaryFolder } from '../home-folder.js';

const HEADER: ExamHeader = {
  kubedrill: 'exam',
  version: EXAM_VERSION,
  program: '0.1.0',
  blueprint: 'cka/mock',
  title: 'CKA mock exam',
  certification: 'cka',
  seed: '7',
  minutes: 120,
  passPercent: 66,
  coach: false,
  interruptions: 'count',
  domains: [{ name: 'Storage', weight: 100 }],
  tasks: [1, 2].map((number) => ({
    number,
    lab: `cka/lab-${number}`,
    seed: `7-${number}`,
    weight: 50,
    content: 'x',
    domain: 'Storage',
    minutes: 6,
    points: 4,
  })),
  started: '2026-01-15T09:00:00.000Z',
};

function sat(home: string): ExamJournal {
  const journal = ExamJournal.create(home, 'a', HEADER);
  journal.note({ opened: 2 }, 1000);
  journal.note({ flag: 2, on: true }, 4000);
  journal.note({ opened: 1 }, 11_000);
  journal.note({ notes: 'look at 2 again' }, 12_000);
  journal.note({ clock: true }, 15_000);
  journal.note({ opened: 2 }, 20_000);
  journal.note({ clock: true }, 21_000);
  return journal;
}

test('what was noted is read again', () => {
  const home = temporaryFolder();
  const journal = sat(home);
  const { header, state } = readExam(examPath(home, 'a'));
  expect(header).toEqual(HEADER);
  expect(state).toEqual(journal.state);
  expect(state).toMatchObject({ elapsed: 21_000, current: 2, notes: 'look at 2 again', ended: undefined });
  expect([...state.spent]).toEqual([
    [2, 11_000],
    [1, 9000],
  ]);
  expect([...state.openedAt]).toEqual([
    [2, 1000],
    [1, 11_000],
  ]);
  expect([...state.flagged]).toEqual([2]);
  journal.close();
});

test('wherever it is cut it goes on after the last whole line', () => {
  const home = temporaryFolder();
  sat(home).close();
  const path = examPath(home, 'a');
  const whole = readFileSync(path);
  const first = whole.indexOf('\n') + 1;
  for (let length = first; length < whole.length; length += 7) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    const resumed = ExamJournal.resume(path);
    const lines = whole.subarray(0, length).toString().split('\n').length - 2;
    expect(readExam(path).entries).toBe(lines);
    resumed.note({ flag: 1, on: true }, 30_000);
    resumed.close();
    expect(readExam(path)).toMatchObject({ entries: lines + 1, cut: false });
  }
});

test.each([
  ['', 'its first line is not that of an exam'],
  ['{"kubedrill":"journal"}\n', 'its first line is not that of an exam'],
  ['{"kubedrill":"exam","version":9}\n', 'it has version 9'],
  ['{"kubedrill":"exam","version":1}\n', 'does not say what was asked'],
])('a file that begins with %j', (text, why) => {
  const home = temporaryFolder();
  sat(home).close();
  writeFileSync(examPath(home, 'a'), text);
  expect(() => readExam(examPath(home, 'a'))).toThrow(why);
  expect(() => ExamJournal.resume(examPath(home, 'a'))).toThrow(why);
  expect(readFileSync(examPath(home, 'a'), 'utf8')).toBe(text);
});

test('lines of another kind end what is read', () => {
  const home = temporaryFolder();
  sat(home).close();
  appendFileSync(examPath(home, 'a'), '{"n":8,"at":22000,"jump":3}\n');
  expect(readExam(examPath(home, 'a'))).toMatchObject({ entries: 7, cut: true });
});

test('what stands behind a damaged line is kept beside the file', () => {
  const home = temporaryFolder();
  sat(home).close();
  const path = examPath(home, 'a');
  const lines = readFileSync(path, 'utf8').split('\n');
  writeFileSync(path, lines.map((line, index) => (index === 3 ? 'x' : line)).join('\n'));
  ExamJournal.resume(path).close();
  expect(readExam(path)).toMatchObject({ entries: 2, cut: false });
  const beside = readdirSync(dirname(path)).find((name) => name.includes('.damaged-'));
  expect(readFileSync(join(dirname(path), `${beside}`), 'utf8')).toBe(['x', ...lines.slice(4)].join('\n'));
});

test('one program at a time', () => {
  const home = temporaryFolder();
  const journal = sat(home);
  expect(() => ExamJournal.resume(examPath(home, 'a'))).toThrow(/is still open here/);
  journal.close();
  ExamJournal.resume(examPath(home, 'a')).close();
});

test('what passed before it was gone on with belongs to no task', () => {
  const home = temporaryFolder();
  const journal = sat(home);
  journal.note({ resumed: true }, 90_000);
  journal.note({ clock: true }, 91_000);
  expect(journal.state).toMatchObject({ elapsed: 91_000, current: 2, resumed: 1 });
  expect(journal.state.spent.get(2)).toBe(12_000);
  journal.close();
  expect(readExam(examPath(home, 'a')).state).toEqual(journal.state);
});

test('a clock that went back stands still, and what has ended passes no time', () => {
  const home = temporaryFolder();
  const journal = sat(home);
  journal.note({ clock: true }, 5000);
  expect(journal.state.elapsed).toBe(21_000);
  journal.note({ ended: 'finished' }, 25_000);
  journal.note({ clock: true }, 90_000);
  expect(journal.state).toMatchObject({ elapsed: 25_000, ended: 'finished' });
  journal.close();
});
