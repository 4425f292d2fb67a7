import type { Links } from '../../../src/clusters/sim/links.js';
import { curriculum } from '../../../src/labs/content/curriculum.js';
import { beginExam, type ExamChoices, type ExamRoom } from '../../../src/labs/exam/begin-exam.js';
import type { Blueprint } from '../../../src/labs/exam/blueprint.js';
import type { ExamSession } from '../../../src/labs/exam/exam-session.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { labOf } from '../lab-text.js';

/** Labs that differ by name and by the host they are done on. */
function smallLab(name: string): Lab {
  const lab = labOf(
    ['  world:\n', `  variants:\n    host: {prefix: ${name}, number: [10, 99]}\n  world:\n`],
    [
      'base: three-node\n',
      'base: three-node\n    hosts: {controlplane: "{{host}}", node01: "{{host}}-node1", node02: "{{host}}-node2"}\n',
    ],
    ['name: node01}', 'name: "{{host}}-node1"}'],
    ['k cordon node01', 'k cordon "{{host}}-node1"'],
  );
  return { ...lab, id: `cka/${name}` };
}

const labs = ['red', 'green', 'blue'].map(smallLab);
const blueprint: Blueprint = {
  id: 'cka/mock',
  title: 'A mock exam',
  certification: 'cka',
  tasks: { min: 3, max: 3 },
  minutes: 120,
  passPercent: 66,
  domains: curriculum()
    .domains.filter(({ certification }) => certification === 'cka')
    .map(({ name, weight }) => ({ name, weight })),
};
const draw = {
  tasks: labs.map(({ id }, index) => ({ number: index + 1, lab: id, seed: `7-${index + 1}`, weight: 33 })),
  lacks: 0,
  again: [],
};

/** A room whose clocks run, and can be put forward besides. */
export function roomIn(home: string, thread: 'same' | Links = 'same'): ExamRoom & { forward: number } {
  const now = (): number => Date.UTC(2026, 0, 15, 9) + room.forward + performance.now();
  const room = {
    home,
    progress: ProgressStore.open(home),
    program: '1',
    where: { thread },
    labs: new Map(labs.map((lab) => [lab.id, lab])),
    forward: 0,
    clocks: { steady: now, steadyInSleep: false, sinceBoot: now, wall: now },
  };
  return room;
}

/** What a task's terminal shows. */
export function listen(session: LiveSession): { text: string } {
  const heard = { text: '' };
  session.onOutput((bytes) => {
    heard.text += Buffer.from(bytes).toString('utf8');
  });
  return heard;
}

const PATIENCE_MILLISECONDS = 60_000;

/** Waits for what is to come; `shown` is told when it does not. */
export async function until(condition: () => boolean, shown: () => string = () => ''): Promise<void> {
  const end = performance.now() + PATIENCE_MILLISECONDS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`it never came; shown was: ${shown()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** An exam of three small labs. */
export async function beginSmallExam(room: ExamRoom, changes: Partial<ExamChoices> = {}): Promise<ExamSession> {
  const choices = { blueprint, draw, seed: '7', minutes: 120, coach: false, interruptions: 'pause' as const };
  return beginExam({ ...choices, ...changes }, room);
}

export const SIZE = { columns: 100, rows: 30 };
