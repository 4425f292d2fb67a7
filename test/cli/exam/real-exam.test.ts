import { expect, test } from 'vitest';
import { examPorts, interruptedExams } from '../../../src/cli/exam/exam-ports.js';
import { begin } from '../../../src/cli/exam/real-exams.js';
import { realSittingOf } from '../../../src/cli/exam/real-sitting.js';
import { pseudoTerminals } from '../../../src/labs/real/pseudo-terminal.js';
import { beginRealExam, resumeRealExam } from '../../../src/labs/real-exam/begin-real-exam.js';
import type { ExamOpeningHow, ExamPorts } from '../../../src/ui/exam-ports.js';
import { CHOICES, HOW, type Room, roomOf } from '../../labs/real-exam/stand-in-room.js';
import { OFFER } from '../../ui/fake-exam.js';
import { FakeSession, fakePorts } from '../../ui/fake-session.js';
import { Stage } from '../../ui/stage.js';

const havePty = (await pseudoTerminals({})) !== undefined;

function examStage(room: Room, left: string[] = [], stays = new Map<string, string>()): Stage {
  const how = ({ onStep, confirm, signal }: ExamOpeningHow) => ({
    onStep: ({ says, number, of }: { says: string; number: number; of: number }) => onStep(says, { number, of }),
    confirm,
    signal,
  });
  const exams: ExamPorts = {
    offer: () => ({ ...OFFER, tasks: 3, real: { cluster: 'kind', fit: 3, labs: 9 } }),
    begin: async (_, opening) => realSittingOf(await beginRealExam(CHOICES, room, how(opening)), { left, stays }),
    resume: async (id, opening) => realSittingOf(await resumeRealExam(id, room, how(opening)), { left, stays }),
    discard: () => {},
  };
  return new Stage(100, 30).open(
    fakePorts(new FakeSession(), { exams }),
    { TERM: 'xterm-256color' },
    {
      exam: { certification: 'cka', cluster: 'kind' },
    },
  );
}

test.skipIf(!havePty)('an exam on a real cluster is sat on the same screens, and the cluster put back', async () => {
  const room = roomOf({
    question: 'It has workloads that are not ours.',
    left: ['namespace beta is still being deleted'],
  });
  const stage = examStage(room);
  await stage.shows(/All tasks share one cluster, kind[\s\S]*one kubeconfig for all tasks/);
  stage.type('\r');
  await stage.shows(/May this be done to your cluster\?[\s\S]*workloads that are not ours/);
  stage.type('y');
  await stage.shows(/\[1\] 2 3[\s\S]*Put yes into answer of alpha/);
  await stage.shows('me@here:~$');
  stage.type('basename $PWD; echo in=$KUBECONFIG\r');
  await stage.shows(/\n.*\b1\b[\s\S]*in=\/nowhere\/kubeconfig/);
  // F7: the next task, with a shell of its own.
  stage.type('\x1b[18~');
  await stage.shows(/1· \[2\] 3[\s\S]*answer of beta[\s\S]*me@here:~\$/);
  room.answered.add('alpha').add('beta');
  stage.type('\x1b[21~');
  await stage.shows(/Finish the exam\?[\s\S]*Not opened: 3/);
  stage.type('\r');
  await stage.shows('Really finish the exam?');
  stage.type('\r');
  await stage.shows(/Not everything could be put back[\s\S]*namespace beta is still being deleted/);
  stage.type('\r');
  await stage.shows('Passed with 70 %');
  expect(room.source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(room.progress.progress.exams[0]).toMatchObject({ cluster: 'kind', percent: 70 });
  // To the catalogue, and out of it.
  stage.type('q');
  await stage.shows('x CKA mock exam');
  stage.type('q');
  expect(await stage.ended).toBe(0);
});

test('Ctrl-C while it is made takes away what was made before the program ends', async () => {
  const room = roomOf({
    setUp: ({ signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => setImmediate(() => reject(new Error('stopped'))));
      }),
  });
  const stage = examStage(room);
  await stage.shows('All tasks share one cluster');
  stage.type('\r');
  await stage.shows('task 2 of 3');
  stage.type('\x03');
  expect(await stage.ended).toBe(0);
  expect(room.source.done.slice(-2)).toEqual(['restore', 'close']);
  expect(room.progress.progress.exams).toEqual([]);
});

const NOBODY: ExamOpeningHow = { onStep: () => {}, confirm: async () => false, signal: new AbortController().signal };

test('at the end it is told which exam stays on its cluster, unless it was gone on with to its end', async () => {
  const room = roomOf();
  const stays = new Map<string, string>();
  const left = await beginRealExam(CHOICES, room, HOW);
  await realSittingOf(left, { left: [], stays }).leave();
  expect([...stays]).toEqual([[left.id, 'Your exam stays on kind; `kubedrill exam cka` goes on with it.']]);
  const again = realSittingOf(await resumeRealExam(left.id, room, HOW), { left: [], stays });
  await again.finish('finished', () => {});
  await again.leave();
  expect([...stays]).toEqual([]);
});

test('one that was left is offered with its cluster, and can be dropped though that is gone', async () => {
  const room = roomOf();
  const session = await beginRealExam(CHOICES, room, HOW);
  await session.leave(HOW);
  expect(interruptedExams(room)).toMatchObject([
    { id: session.id, title: 'A mock exam (on kind)', cluster: 'kind', exam: { secondsLeft: expect.any(Number) } },
  ]);
  const { home, progress } = room;
  examPorts({ home, progress, labs: [], environment: {}, left: [], stays: new Map() }).ports.discard(session.id);
  expect(interruptedExams(room)).toEqual([]);
});

test('--yes answers what is asked of the cluster, and never what would do away with one’s own work', async () => {
  for (const [about, begins] of [
    [undefined, true],
    ['own-work', false],
  ] as const) {
    const room = roomOf({ question: 'May this be deleted?', ...(about ? { about } : {}) });
    const { blueprint, draw } = CHOICES;
    const plan = { source: room.source, offer: OFFER, blueprint, draw, yes: true };
    const beginning = begin(plan, { ...OFFER, seed: '7' }, { ...room, left: [], stays: new Map() }, NOBODY);
    if (begins) await (await beginning).leave();
    else await expect(beginning).rejects.toThrow('not confirmed');
  }
});
