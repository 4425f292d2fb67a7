import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CommandIo } from '../../../src/cli/io.js';
import { resetProgress } from '../../../src/cli/progress/reset-progress.js';
import { leftAttempts } from '../../../src/clusters/context/known-attempts.js';
import { attemptFolder, folderOfAttempts, keepRecord } from '../../../src/clusters/context/record.js';
import { EXAM_VERSION, type ExamHeader } from '../../../src/labs/exam/exam-entry.js';
import { ExamJournal } from '../../../src/labs/exam/exam-journal.js';
import { unfinishedExams } from '../../../src/labs/exam/unfinished-exams.js';
import type { Progress } from '../../../src/labs/progress/model.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../../labs/home-folder.js';
import { examOf, graded, progressOf } from '../../labs/progress/practice.js';
import { type Ended, run } from '../run.js';

const MINE = progressOf([graded('cka/dns', 3, 2), graded('cka/volume', 6, 1)], [examOf(70, 3)]);

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
  interruptions: 'pause',
  domains: [],
  tasks: [],
  started: '2026-01-15T09:00:00.000Z',
};

/** A home with progress, and the program run in it. */
function homeOf(progress?: Progress): {
  home: string;
  file: string;
  progress(...argv: readonly string[]): Promise<Ended>;
} {
  const home = temporaryFolder();
  if (progress) writeFileSync(join(home, 'progress.json'), JSON.stringify(progress));
  const file = join(temporaryFolder(), 'mine.json');
  return { home, file, progress: (...argv) => run(['progress', ...argv], { KUBEDRILL_HOME: home }) };
}

const kept = (home: string): Progress => JSON.parse(readFileSync(join(home, 'progress.json'), 'utf8'));
const copies = (home: string, doing: string): string[] =>
  readdirSync(home).filter((name) => name.startsWith(`progress.before-${doing}-`));

test('exported here, imported there, and what was there stays', async () => {
  const here = homeOf(MINE);
  expect(await here.progress('export', here.file)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('2 attempts and 1 exam'),
  });
  expect(statSync(here.file).mode & 0o777).toBe(0o600);
  const there = homeOf(progressOf([graded('cka/both', 6, 4), graded('cka/dns', 3, 2)]));
  const before = kept(there.home);
  const { code, stdout } = await there.progress('import', here.file, '--yes');
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/new here: 1 attempt and 1 exam\n +here already, and kept: 1 attempt\nImported\./),
  });
  expect(kept(there.home).attempts.map(({ id }) => id)).toEqual(['cka-both-4', 'cka-dns-2', 'cka-volume-1']);
  const [copy = ''] = copies(there.home, 'import');
  expect(JSON.parse(readFileSync(join(there.home, copy), 'utf8'))).toEqual(before);
  expect((await there.progress('import', here.file)).stdout).toMatch(
    /All of it is here already; nothing was changed\./,
  );
});

test('exported to the standard output it is the archive and nothing else', async () => {
  const { stdout } = await homeOf(MINE).progress('export', '-');
  expect(JSON.parse(stdout)).toMatchObject({ kubedrill: 'progress', version: 1, progress: MINE });
});

test('what it is none of is refused', async () => {
  expect(await homeOf().progress('exprot')).toMatchObject({
    code: 2,
    stderr: 'progress has no exprot; did you mean export?\n',
  });
});

describe('import', () => {
  test.each<[what: string, write: (file: string) => void, says: RegExp]>([
    ['is not there', () => {}, /mine\.json cannot be read: there is no such file\.$/m],
    ['is a folder', (file) => mkdirSync(file), /cannot be read: it is a folder/],
    [
      'is damaged',
      (file) => writeFileSync(file, '{"kubedrill":"pro'),
      /cannot be imported: it is no whole JSON.* Nothing was changed\./,
    ],
    [
      'is newer',
      (file) => writeFileSync(file, '{"version":9,"attempts":[]}'),
      /a newer kubedrill wrote it; update this one\. Nothing was changed\./,
    ],
  ])('of a file that %s changes nothing', async (_, write, says) => {
    const { home, file, progress } = homeOf(MINE);
    write(file);
    expect(await progress('import', file, '--yes')).toMatchObject({ code: 1, stderr: expect.stringMatching(says) });
    expect({ kept: kept(home), files: readdirSync(home) }).toEqual({ kept: MINE, files: ['progress.json'] });
  });

  test('does nothing where nobody can be asked, and shows what it would do', async () => {
    const { home, file, progress } = homeOf();
    writeFileSync(file, JSON.stringify(MINE));
    expect(await progress('import', file)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('new here: 2 attempts and 1 exam'),
      stderr: expect.stringContaining('Add --yes'),
    });
    expect(existsSync(join(home, 'progress.json'))).toBe(false);
  });
});

describe('export', () => {
  const open = { graded: undefined, finished: false } as unknown as Partial<Progress['attempts'][number]>;
  const lesson = { attempt: 'l', done: [], last: '2026-01-15T09:00:00.000Z' };
  test.each<[what: string, progress: Progress, says: RegExp | undefined]>([
    ['an unfinished attempt', progressOf([graded('cka/dns', 0, 1, open)]), /unfinished attempts is not in it/],
    ['a task of an exam that is over', progressOf([graded('cka/dns', 0, 1, { ...open, exam: 'e' })]), undefined],
    ['an old attempt at a lesson', progressOf([graded('cka/lessons/pods', 0, 1, open)]), undefined],
    [
      'a lesson under way',
      { ...progressOf([graded('cka/lessons/pods', 0, 1, { ...open, id: 'l' })]), lessons: { 'cka/pods': lesson } },
      /unfinished lessons is not in it/,
    ],
  ])('with %s says what is not in it', async (_, before, says) => {
    const { file, progress } = homeOf(before);
    const { stdout } = await progress('export', file);
    if (says) expect(stdout).toMatch(says);
    else expect(stdout).not.toContain('is not in it');
  });

  test.each<[what: string, file: (file: string) => string, says: RegExp]>([
    ['onto a file that is there', (file) => file, /is there already and is not replaced/],
    ['onto a folder', (file) => join(file, '..'), /is a folder; name a file/],
    ['below a folder that is not there', (file) => join(file, '..', 'not', 'there'), /there is no such folder/],
  ])('%s is refused', async (_, place, says) => {
    const { file, progress } = homeOf(MINE);
    writeFileSync(file, 'precious');
    expect(await progress('export', place(file))).toMatchObject({ code: 1, stderr: expect.stringMatching(says) });
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  test('of damaged progress holds the last good copy, and says so', async () => {
    const { home, file, progress } = homeOf();
    writeFileSync(join(home, 'progress.json'), '{');
    writeFileSync(join(home, 'progress.last-good.json'), JSON.stringify(MINE));
    const { code, stderr } = await progress('export', file);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('The last good copy is used.') });
    expect(JSON.parse(readFileSync(file, 'utf8')).progress).toEqual(MINE);
  });
});

describe('reset', () => {
  test('removes all, keeps a copy, and the copy brings it back', async () => {
    const { home, progress } = homeOf(MINE);
    expect(await progress('reset', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('This removes 2 attempts and 1 exam from'),
    });
    expect(kept(home)).toMatchObject({ attempts: [], exams: [] });
    const [copy = ''] = copies(home, 'reset');
    expect((await progress('import', join(home, copy), '--yes')).code).toBe(0);
    expect(kept(home)).toEqual(MINE);
  });

  test('of one lab leaves the others and the exams', async () => {
    const { home, progress } = homeOf(MINE);
    expect((await progress('reset', '--lab', 'dns', '--yes')).stdout).toContain(
      'This removes 1 attempt at cka/dns from',
    );
    expect(kept(home)).toEqual({ ...MINE, attempts: MINE.attempts.slice(1) });
  });

  test.each([
    ['all of it', [], ['dropped', 'dropped']],
    ['one lab', ['--lab', 'dns'], ['dropped', 'left']],
  ])('of %s drops what was left on clusters', async (_, argv, stand) => {
    const { home, progress } = homeOf(MINE);
    for (const { id } of MINE.attempts)
      keepRecord(attemptFolder(folderOfAttempts(home), id), {
        ...{ version: 1, attempt: id, context: 'mine', server: 'https://there', began: '2026-01-15T09:00:00Z' },
        ...{ made: [], used: [], objects: [], foreign: [], nodes: false, lasting: true },
      });
    expect((await progress('reset', ...argv, '--yes')).code).toBe(0);
    const left = new Map(leftAttempts(home).map(({ attempt, stands }) => [attempt, stands]));
    expect(MINE.attempts.map(({ id }) => left.get(id))).toEqual(stand);
  });

  test.each(['cka/pods', 'pods', 'cka/lessons/pods'])('of the lesson %s leaves the others', async (named) => {
    const record = { attempt: 'l', done: [], last: '2026-01-15T09:00:00.000Z' };
    const attempts = [...MINE.attempts, graded('cka/lessons/pods', 0, 1, { id: 'l' })];
    const { home, progress } = homeOf({ ...MINE, attempts, lessons: { 'cka/pods': record, 'cka/services': record } });
    expect((await progress('reset', '--lab', named, '--yes')).stdout).toContain(
      'This removes 1 attempt at the lesson cka/pods, and how far you are in it, from',
    );
    expect(kept(home)).toEqual({ ...MINE, lessons: { 'cka/services': record } });
  });

  test.each<[what: string, argv: readonly string[], progress: Progress | undefined, code: number, says: RegExp]>([
    ['where nobody can be asked', [], MINE, 1, /Nothing was changed: nobody can be asked here\. Add --yes/],
    ['of a lab that was not tried', ['--lab', 'cka/other', '--yes'], MINE, 1, /There is no attempt at cka\/other/],
    ['of nothing', ['--yes'], undefined, 0, /There is no progress yet/],
  ])('%s changes nothing', async (_, argv, before, code, says) => {
    const { home, progress } = homeOf(before);
    const ended = await progress('reset', ...argv);
    expect({ code: ended.code, said: ended.stdout + ended.stderr }).toEqual({
      code,
      said: expect.stringMatching(says),
    });
    expect(readdirSync(home)).toEqual(before ? ['progress.json'] : []);
  });

  test('is refused while an attempt is open in another kubedrill', async () => {
    const { home, progress } = homeOf(MINE);
    mkdirSync(join(home, 'journals'));
    const holder = { pid: 1, host: (await import('node:os')).hostname(), started: Date.now() };
    writeFileSync(join(home, 'journals', 'cka-dns-2.lock'), JSON.stringify(holder));
    expect(await progress('reset', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('cka/dns is open in another kubedrill (process 1)'),
    });
    expect(kept(home)).toEqual(MINE);
  });

  test('gives up exams, finished or not, so that none is offered to be gone on with', async () => {
    const { home, progress } = homeOf(progressOf([], [examOf(70, 3, { id: 'aa' })]));
    for (const id of ['aa', 'bb']) ExamJournal.create(home, id, HEADER).close();
    expect(await progress('reset', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/This removes 1 exam from .*, and gives up 1 unfinished exam\./),
    });
    expect(unfinishedExams(home, ProgressStore.open(home))).toEqual([]);
  });

  test('changes nothing where the file of an exam cannot be written', async () => {
    const before = progressOf([graded('cka/dns', 3, 2)], [examOf(70, 3, { id: 'aa' })]);
    const { home, progress } = homeOf(before);
    for (const id of ['aa', 'bb']) ExamJournal.create(home, id, HEADER).close();
    const holder = { pid: 1, host: (await import('node:os')).hostname(), started: Date.now() };
    writeFileSync(join(home, 'exams', 'aa.lock'), JSON.stringify(holder));
    expect(await progress('reset', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('open in another kubedrill (process 1)'),
    });
    expect(kept(home)).toEqual(before);
    expect(unfinishedExams(home, ProgressStore.open(home)).map(({ id }) => id)).toEqual(['bb']);
  });

  test('of progress that a newer program wrote is refused', async () => {
    const { home, progress } = homeOf();
    writeFileSync(join(home, 'progress.json'), '{"version":99,"attempts":[]}');
    expect(await progress('reset', '--yes')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('written by a newer kubedrill'),
    });
    expect(readdirSync(home)).toEqual(['progress.json']);
  });
});

test.each<[what: string, typed: string | undefined, removed: boolean]>([
  ['y', 'y\n', true],
  ['yes', ' Yes \n', true],
  ['no', 'n\n', false],
  ['nothing', '\n', false],
  ['the end of the input', undefined, false],
])('who is asked and answers %s', async (_, typed, removed) => {
  const { home } = homeOf(MINE);
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const io = { stdin, stdout, stderr, environment: { KUBEDRILL_HOME: home } } as unknown as CommandIo;
  const done = resetProgress({}, io);
  if (typed === undefined) stdin.end();
  else stdin.write(typed);
  await done;
  expect(String(stdout.read())).toMatch(
    removed ? /Removed\./ : /\nNothing was changed\.\n$|y\/N\] Nothing was changed\.\n$/,
  );
  expect(kept(home).attempts).toHaveLength(removed ? 0 : 2);
});
