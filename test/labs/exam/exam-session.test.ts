import { describe, expect, test, vi } from 'vitest';
import { curriculum } from '../../../src/labs/content/curriculum.js';
import { beginExam, type ExamRoom, resumeExam } from '../../../src/labs/exam/begin-exam.js';
import type { Blueprint } from '../../../src/labs/exam/blueprint.js';
import type { ExamSession } from '../../../src/labs/exam/exam-session.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { temporaryFolder } from '../home-folder.js';
import { labOf } from '../lab-text.js';

const PROMPT = /\$ $/;

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
function roomIn(home: string): ExamRoom & { forward: number } {
  const now = (): number => Date.UTC(2026, 0, 15, 9) + room.forward + performance.now();
  const room = {
    home,
    progress: ProgressStore.open(home),
    program: '1',
    where: { thread: 'same' } as const,
    labs: new Map(labs.map((lab) => [lab.id, lab])),
    forward: 0,
    clocks: { steady: now, sinceBoot: now, wall: now },
  };
  return room;
}

function listen(session: LiveSession): { text: string } {
  const heard = { text: '' };
  session.onOutput((bytes) => {
    heard.text += Buffer.from(bytes).toString('utf8');
  });
  return heard;
}

const until = (condition: () => boolean): Promise<void> =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 60_000, interval: 10 });

async function begin(room: ExamRoom): Promise<ExamSession> {
  const choices = { blueprint, draw, seed: '7', minutes: 120, coach: false, interruptions: 'pause' as const };
  return beginExam(choices, room);
}

const SIZE = { columns: 100, rows: 30 };

describe('an exam', { timeout: 120_000 }, () => {
  test('goes from task to task, survives a kill, and is graded as each machine is then', async () => {
    const home = temporaryFolder();
    const room = roomIn(home);
    const exam = await begin(room);
    void exam.prepare(2);
    const first = await exam.open(1, SIZE);
    const heard = listen(first);
    await until(() => PROMPT.test(heard.text));
    expect(heard.text).toContain('candidate@base');
    first.type(Buffer.from(`ssh ${first.instance.hosts['controlplane']}\r`));
    await until(() => heard.text.includes(`candidate@${first.instance.hosts['controlplane']}`));
    room.forward += 60_000;
    const second = await exam.open(2, SIZE);
    exam.flag(2, true);
    exam.takeNotes('2: later');
    room.forward += 120_000;
    expect(exam.state).toMatchObject({ current: 2, notes: '2: later' });
    expect(exam.remaining).toBeLessThanOrEqual(7_020_000);
    // Both go on while one is in front.
    await until(() => first.elapsedSeconds >= 180 && second.elapsedSeconds >= 120);

    await exam.leave();
    const left = exam.remaining;
    const later = roomIn(home);
    later.forward = 3_600_000;
    const again = await resumeExam(exam.id, later);
    expect([...again.state.flagged]).toEqual([2]);
    expect(Math.abs(again.remaining - left)).toBeLessThan(5000);
    const resumed = await again.open(1, SIZE);
    const more = listen(resumed);
    resumed.type(Buffer.from(`k cordon ${resumed.instance.hosts['node01']}\r`));
    await until(() => more.text.includes('cordoned'));
    const graded = await again.finish('finished');
    expect(graded.tasks.map(({ graded: one }) => one && `${one.points}/${one.report.total}`)).toEqual([
      '2/2',
      '0/2',
      undefined,
    ]);
    expect(graded.record).toMatchObject({ percent: 33, passed: false, ending: 'finished', notes: '2: later' });
    expect(graded.record.tasks.map(({ points, total, opened, flagged }) => [points, total, opened, flagged])).toEqual([
      [2, 2, true, false],
      [0, 2, true, true],
      [0, 2, false, false],
    ]);
    expect(again.state.ended).toBe('finished');
    await again.leave();
    const { attempts, exams } = ProgressStore.open(home).progress;
    expect(exams).toEqual([graded.record]);
    expect(attempts.map(({ exam: of, finished, passed }) => [of, finished, passed])).toEqual([
      [exam.id, true, true],
      [exam.id, true, false],
    ]);
  });
});
