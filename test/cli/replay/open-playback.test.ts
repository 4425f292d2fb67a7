import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { CommandIo } from '../../../src/cli/io.js';
import { openPlayback } from '../../../src/cli/replay/open-playback.js';
import { printReplay } from '../../../src/cli/replay/print-replay.js';
import type { Place } from '../../../src/clusters/real/real-cluster.js';
import { EXAM_VERSION, type ExamHeader } from '../../../src/labs/exam/exam-entry.js';
import { ExamJournal, examPath } from '../../../src/labs/exam/exam-journal.js';
import { privateFolder } from '../../../src/labs/home.js';
import { type JournalHeader, REAL_JOURNAL_VERSION } from '../../../src/labs/journal/entry.js';
import { JOURNALS } from '../../../src/labs/journal/place.js';
import { JournalWriter } from '../../../src/labs/journal/writer.js';
import { type Recording, taskJournal } from '../../../src/labs/playback/find-recording.js';
import { RealJournal } from '../../../src/labs/real/real-journal.js';
import { TaskClock } from '../../../src/labs/real/task-clock.js';
import { temporaryFolder } from '../../labs/home-folder.js';

const PLACE: Place = { host: 'kd', hosts: {}, answers: '/tmp/answers' };
const STARTED = '2026-01-15T09:00:00.000Z';
const SHELL = { kind: 'open-terminal', terminal: 1, host: 'kind', user: 'you', columns: 80, rows: 24 } as const;
/** Of labs that are not there any more: what was shown needs none. */
const TASKS = [1, 2].map((number) => ({ number, lab: `cka/gone-${number}`, seed: `7-${number}`, weight: 50 }));
const HEADER: ExamHeader = {
  kubedrill: 'exam',
  version: EXAM_VERSION,
  program: '1',
  blueprint: 'cka/mock',
  title: 'A mock exam',
  certification: 'cka',
  seed: '7',
  minutes: 60,
  passPercent: 66,
  coach: false,
  interruptions: 'pause',
  domains: [{ name: 'Storage', weight: 100 }],
  tasks: TASKS.map((task) => ({ ...task, content: 'x', domain: 'Storage', minutes: 6, points: 4 })),
  started: STARTED,
  real: { cluster: 'context=staging', place: PLACE, baselines: [{}, {}] },
};

/** What a task's terminal shows, by the seconds since the task was opened. */
type Shown = readonly (readonly [seconds: number, text: string])[];

function keepTask(exam: string, number: number, shown: Shown): void {
  const header: JournalHeader = {
    kubedrill: 'journal',
    version: REAL_JOURNAL_VERSION,
    program: '1',
    lab: `cka/gone-${number}`,
    content: 'x',
    seed: `7-${number}`,
    salt: '',
    timing: 'exam',
    // Instants of the journal are the task's, whenever it was.
    epoch: Date.parse(STARTED) * 1000,
    exam: 'a',
    real: { cluster: 'context=staging', place: PLACE, baseline: {} },
    started: STARTED,
  };
  let wall = 0;
  const clock = new TaskClock(0, () => wall);
  clock.start();
  const writer = JournalWriter.create(taskJournal(exam, number), header);
  const journal = new RealJournal(writer, clock, (error) => expect.unreachable(String(error)));
  journal.input(SHELL);
  for (const [seconds, text] of shown) {
    wall = seconds * 1000;
    journal.typed(1);
    journal.shown(1, Buffer.from(text));
    journal.noteClock();
  }
  journal.close();
}

/** Ten seconds at task 1, ten at task 2, and ten at task 1 again, on a cluster that is gone. */
function keepExam(): Recording {
  const home = temporaryFolder();
  const exam = ExamJournal.create(home, 'a', HEADER);
  exam.note({ opened: 1 }, 0);
  exam.note({ opened: 2 }, 10_000);
  exam.note({ opened: 1 }, 20_000);
  exam.note({ ended: 'finished' }, 30_000);
  exam.close();
  privateFolder(home, JOURNALS);
  const path = examPath(home, 'a');
  keepTask(path, 1, [
    [2, '$ one\r\n'],
    [15, 'meanwhile\r\n'],
    [25, '$ again\r\n'],
  ]);
  keepTask(path, 2, [[3, '$ two\r\n']]);
  return { kind: 'exam', path };
}

async function printed(recording: Recording): Promise<{ code: number; stdout: string[]; stderr: string[] }> {
  const lines = { stdout: [] as string[], stderr: [] as string[] };
  const stream = (name: keyof typeof lines) => ({ write: (text: string) => lines[name].push(text.trimEnd()) });
  const io = { environment: {}, stdout: stream('stdout'), stderr: stream('stderr') } as unknown as CommandIo;
  return { code: await printReplay(io, recording), ...lines };
}

const WHERE = 'It was on context=staging: what the terminals showed is shown again, and nothing is done again.';
const ONE = ['--- task 1, terminal 1 on kind ---', '$ one'];
const TWO = ['--- task 2, terminal 1 on kind ---', '$ two'];

test('an exam on a real cluster is printed as its terminals showed it, and where it was is said once', async () => {
  expect(await printed(keepExam())).toEqual({
    code: 0,
    stdout: [...ONE, ...TWO, '--- task 1, terminal 1 on kind ---', 'meanwhile', '$ again', ''],
    stderr: [WHERE],
  });
});

test('its tasks are shown at the instants of the exam', async () => {
  const playback = await openPlayback(keepExam(), { environment: {}, content: [] }, { where: { thread: 'same' } });
  const shown: string[] = [];
  for (let part = await playback.next(); part; part = await playback.next())
    for (const frame of part.frames)
      if (frame.kind === 'output')
        shown.push(`${frame.at / 1e6} task ${part.task}: ${Buffer.from(frame.bytes).toString('utf8').trimEnd()}`);
  await playback.close();
  // What came while another task was in front is there when it is again.
  expect(shown).toEqual(['2 task 1: $ one', '13 task 2: $ two', '20 task 1: meanwhile', '25 task 1: $ again']);
});

test('a task whose journal is gone says so, and the others are shown', async () => {
  const exam = keepExam();
  rmSync(taskJournal(exam.path, 1));
  const { code, stdout, stderr } = await printed(exam);
  expect({ code, stdout }).toEqual({ code: 0, stdout: [...TWO, ''] });
  expect(stderr).toEqual([WHERE, expect.stringMatching(/^Task 1 cannot be played: .*a-1\.jsonl/)]);
});

test('one of its tasks by itself says where it was', async () => {
  const path = taskJournal(keepExam().path, 2);
  const { stdout, stderr } = await printed({ kind: 'attempt', path });
  expect(stdout).toEqual(['--- terminal 1 on kind ---', '$ two', '']);
  expect(stderr).toEqual([WHERE]);
});
