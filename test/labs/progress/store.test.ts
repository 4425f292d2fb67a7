import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type ExamRecord, recentTasks } from '../../../src/labs/progress/exam-record.js';
import { type Attempt, byLab, NO_PROGRESS, type Progress } from '../../../src/labs/progress/model.js';
import { NewerProgressError, ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';

const NOW = '2026-01-15T09:00:00.000Z';
const ATTEMPT: Attempt = {
  id: 'a1',
  lab: 'cka/small',
  content: 'abc',
  seed: '7',
  started: '2026-01-15T09:00:00.000Z',
  finished: false,
};
const EXAM: ExamRecord = {
  id: 'e1',
  blueprint: 'cka/mock',
  title: 'CKA mock exam',
  certification: 'cka',
  seed: '7',
  started: '2026-01-15T09:00:00.000Z',
  graded: '2026-01-15T11:00:00.000Z',
  minutes: 120,
  seconds: 6000,
  ending: 'finished',
  coach: false,
  interruptions: 'count',
  resumed: 0,
  percent: 50,
  passPercent: 66,
  passed: false,
  notes: '',
  domains: [{ name: 'Storage', weight: 100, percent: 50 }],
  tasks: [
    {
      number: 1,
      lab: 'cka/small',
      seed: '7-1',
      domain: 'Storage',
      weight: 100,
      minutes: 5,
      opened: true,
      points: 1,
      total: 2,
      seconds: 300,
      flagged: false,
    },
  ],
};
const FILE = 'progress.json';
const LAST_GOOD = 'progress.last-good.json';

function onDisk(home: string, name = FILE): Progress {
  return JSON.parse(readFileSync(join(home, name), 'utf8')) as Progress;
}

test('a first start has no progress, and writes nothing before there is some', () => {
  const home = join(temporaryFolder(), 'not', 'there');
  const store = ProgressStore.open(home);
  expect(store.progress).toEqual(NO_PROGRESS);
  expect(store.notices).toEqual([]);
  expect(readdirSync(home)).toEqual([]);
});

test('what was saved is there when opened again, and saved again it takes its own place', () => {
  const home = temporaryFolder();
  ProgressStore.open(home).save(ATTEMPT);
  const store = ProgressStore.open(home);
  expect(store.progress.attempts).toEqual([ATTEMPT]);
  store.save({ ...ATTEMPT, id: 'a2' });
  store.save({ ...ATTEMPT, finished: true });
  expect(onDisk(home).attempts.map(({ id, finished }) => [id, finished])).toEqual([
    ['a2', false],
    ['a1', true],
  ]);
});

test('every save is whole on disk at once, leaves no half file, and keeps the copy before it', () => {
  const home = temporaryFolder();
  const store = ProgressStore.open(home);
  store.save(ATTEMPT);
  store.save({ ...ATTEMPT, id: 'a2' });
  expect(readdirSync(home).sort()).toEqual([FILE, LAST_GOOD]);
  expect(onDisk(home).attempts).toHaveLength(2);
  expect(onDisk(home, LAST_GOOD).attempts).toHaveLength(1);
});

describe('a damaged file is set aside, named, and the last good copy used', () => {
  test.each<[string, (text: string) => string]>([
    ['cut', (text) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['full of zeroes', (text) => '\0'.repeat(text.length)],
    ['another JSON file', () => '{"hello":1}'],
    ['null', () => 'null'],
    ['without attempts', () => '{"version":1}'],
    ['with attempts that are none', () => '{"version":1,"attempts":[null]}'],
    ['with exams that are none', () => '{"version":2,"attempts":[],"exams":[{}]}'],
    ['with lessons that are none', () => '{"version":2,"attempts":[],"lessons":{"cka/pods":{"done":"all"}}}'],
    ['with cards that are none', () => '{"version":2,"attempts":[],"cards":{"cka/pods/a":{"due":"soon"}}}'],
    ['with points that are no number', (text) => text.replace('"finished"', '"points":"six","finished"')],
  ])('%s', (_, damage) => {
    const home = temporaryFolder();
    const store = ProgressStore.open(home);
    store.save(ATTEMPT);
    store.save({ ...ATTEMPT, id: 'a2' });
    const damaged = damage(readFileSync(join(home, FILE), 'utf8'));
    writeFileSync(join(home, FILE), damaged);

    const { progress, notices } = ProgressStore.open(home);
    expect(progress.attempts.map(({ id }) => id)).toEqual(['a1']);
    const aside = readdirSync(home).find((name) => name.startsWith('progress.damaged-')) as string;
    expect(readFileSync(join(home, aside), 'utf8')).toBe(damaged);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain(join(home, aside));
    expect(notices[0]).toContain('The last good copy is used.');
  });

  test('files damaged again and again at the same moment are all kept', () => {
    const home = temporaryFolder();
    vi.useFakeTimers({ now: 0 });
    onTestFinished(() => void vi.useRealTimers());
    for (const text of ['one', 'two', 'three']) {
      writeFileSync(join(home, FILE), text);
      ProgressStore.open(home);
    }
    const kept = readdirSync(home).filter((name) => name.startsWith('progress.damaged-'));
    expect(kept.map((name) => readFileSync(join(home, name), 'utf8')).sort()).toEqual(['one', 'three', 'two']);
  });

  test('without a good copy progress begins anew, and says so', () => {
    const home = temporaryFolder();
    writeFileSync(join(home, FILE), '{');
    const { progress, notices } = ProgressStore.open(home);
    expect(progress).toEqual(NO_PROGRESS);
    expect(notices[0]).toContain('There is no good copy; progress begins anew.');
  });

  test('a file that was lost is taken from the last good copy', () => {
    const home = temporaryFolder();
    writeFileSync(join(home, LAST_GOOD), JSON.stringify({ version: 1, attempts: [ATTEMPT] }));
    expect(ProgressStore.open(home).progress.attempts).toEqual([ATTEMPT]);
  });
});

test('a file of the form that knew no exams is read, and kept beside what is written from then on', () => {
  const home = temporaryFolder();
  const old = JSON.stringify({ version: 1, attempts: [ATTEMPT] });
  writeFileSync(join(home, FILE), old);
  const store = ProgressStore.open(home);
  expect(store.progress).toEqual({ ...NO_PROGRESS, attempts: [ATTEMPT] });
  store.saveExam(EXAM);
  store.save({ ...ATTEMPT, finished: true });
  expect(onDisk(home)).toEqual({ ...NO_PROGRESS, attempts: [{ ...ATTEMPT, finished: true }], exams: [EXAM] });
  expect(readFileSync(join(home, 'progress.version-1.json'), 'utf8')).toBe(old);
});

test('lessons and cards are kept by their names, beside what another kubedrill wrote meanwhile', () => {
  const home = temporaryFolder();
  const store = ProgressStore.open(home);
  const other = ProgressStore.open(home);
  const lesson = { attempt: 'a1', done: ['first-pod'], last: NOW };
  const numbers = { stability: 1, difficulty: 5, scheduled_days: 0, learning_steps: 1, reps: 1, lapses: 0, state: 1 };
  const card = { ...numbers, due: NOW, last_review: NOW };
  store.saveLesson('cka/pods', lesson);
  other.saveCard('cka/workloads/undo', card);
  store.saveLesson('cka/pods', { ...lesson, done: ['first-pod', 'scale'] });
  expect(onDisk(home)).toEqual({
    ...NO_PROGRESS,
    lessons: { 'cka/pods': { ...lesson, done: ['first-pod', 'scale'] } },
    cards: { 'cka/workloads/undo': card },
  });
});

describe('exams', () => {
  test('are kept by their ids, and survive a damaged file', () => {
    const home = temporaryFolder();
    const store = ProgressStore.open(home);
    store.saveExam(EXAM);
    store.save(ATTEMPT);
    store.saveExam({ ...EXAM, percent: 70, passed: true });
    expect(ProgressStore.open(home).progress.exams).toEqual([{ ...EXAM, percent: 70, passed: true }]);
    writeFileSync(join(home, FILE), '{');
    expect(ProgressStore.open(home).progress).toEqual({ ...NO_PROGRESS, attempts: [ATTEMPT], exams: [EXAM] });
  });

  test('the last two of a certification tell what was asked lately', () => {
    const exam = (id: string, day: number, certification: string, ...labs: string[]): ExamRecord => ({
      ...EXAM,
      id,
      certification,
      started: `2026-01-${day}T09:00:00.000Z`,
      tasks: labs.map((lab) => ({ ...(EXAM.tasks[0] as ExamRecord['tasks'][number]), lab })),
    });
    const exams = [
      exam('b', 12, 'cka', 'b1', 'b2'),
      exam('a', 11, 'cka', 'a1'),
      exam('d', 14, 'ckad', 'd1'),
      exam('c', 13, 'cka', 'b2', 'c1'),
    ];
    expect([...recentTasks(exams, 'cka')].sort()).toEqual(['b1', 'b2', 'c1']);
    expect([...recentTasks(exams, 'cks')]).toEqual([]);
  });
});

test('a file of a newer program is refused and not touched', () => {
  const home = temporaryFolder();
  const text = JSON.stringify({ version: 3, attempts: [], more: true });
  writeFileSync(join(home, FILE), text);
  expect(() => ProgressStore.open(home)).toThrow(NewerProgressError);
  expect(() => ProgressStore.open(home)).toThrow(/Update kubedrill, or set KUBEDRILL_HOME/);
  expect(readFileSync(join(home, FILE), 'utf8')).toBe(text);
  expect(readdirSync(home)).toEqual([FILE]);
});

test('a folder in the place of the file is an error and stays', () => {
  const home = temporaryFolder();
  mkdirSync(join(home, FILE));
  expect(() => ProgressStore.open(home)).toThrow(
    /progress\.json cannot be read: it is a folder, not a file\. Put that right, or set KUBEDRILL_HOME/,
  );
  expect(existsSync(join(home, FILE))).toBe(true);
});

describe('summed up by lab', () => {
  const graded = (id: string, lab: string, points: number, total: number, day: number): Attempt => ({
    ...ATTEMPT,
    id,
    lab,
    points,
    total,
    passed: points === total,
    graded: `2026-01-${day}T09:00:00.000Z`,
  });

  test('best by share of points, last by when it was graded, open attempts left out', () => {
    const attempts = [
      graded('1', 'cka/a', 6, 6, 10),
      graded('2', 'cka/b', 1, 4, 11),
      graded('3', 'cka/a', 3, 6, 12),
      { ...ATTEMPT, id: '4', lab: 'cka/c' },
    ];
    expect(byLab({ attempts })).toEqual([
      { lab: 'cka/a', attempts: 2, best: { points: 6, total: 6 }, passed: true, last: '2026-01-12T09:00:00.000Z' },
      { lab: 'cka/b', attempts: 1, best: { points: 1, total: 4 }, passed: false, last: '2026-01-11T09:00:00.000Z' },
    ]);
  });

  test('a lab that changed is compared by shares', () => {
    const attempts = [graded('1', 'cka/a', 3, 10, 10), graded('2', 'cka/a', 2, 4, 11)];
    expect(byLab({ attempts })[0]?.best).toEqual({ points: 2, total: 4 });
  });
});
