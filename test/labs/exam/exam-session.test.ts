import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Link, localLink } from '../../../src/clusters/sim/link.js';
import type { Links } from '../../../src/clusters/sim/links.js';
import { resumeExam } from '../../../src/labs/exam/begin-exam.js';
import { ExamJournal, examPath } from '../../../src/labs/exam/exam-journal.js';
import { readJournal } from '../../../src/labs/journal/reader.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { LiveSession } from '../../../src/labs/session/live-session.js';
import { temporaryFolder } from '../home-folder.js';
import { ObedientMachines } from '../obedient-machines.js';
import { ExamCandidate, type ExamStep } from './exam-script.js';
import { beginSmallExam, listen, roomIn, SIZE, until } from './small-exam.js';

const PROMPT = /\$ $/;

describe('an exam', { timeout: 120_000 }, () => {
  test('goes from task to task, survives a kill, and is graded as each machine is then', async () => {
    const home = temporaryFolder();
    const room = roomIn(home);
    const exam = await beginSmallExam(room);
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

  test('is played by a script: out of order, on wrong hosts and on those of other tasks, also when a thread dies', async () => {
    const home = temporaryFolder();
    const threads = new MortalThreads();
    const room = roomIn(home, threads);
    const exam = await beginSmallExam(room);
    const candidate = new ExamCandidate(exam);
    const host = (number: number, base = 'controlplane'): string => exam.instances[number - 1]?.hosts[base] ?? '';
    const script: ExamStep[] = [
      { open: 3 },
      { flag: 3 },
      { open: 1 },
      // The base has no tools, and what is done there earns nothing.
      { line: `kubectl cordon ${host(1, 'node01')}` },
      { line: `ssh ${host(1)}`, at: host(1) },
      { line: `k cordon ${host(1, 'node01')}` },
      { open: 3 },
      // From the base of the third task to the host of the second, which was never opened.
      { line: `ssh ${host(2)} kubectl cordon ${host(2, 'node01')}` },
      // On the wrong host there is no such node.
      { line: `ssh ${host(2)}`, at: host(2) },
      { line: `k cordon ${host(3, 'node01')}` },
    ];
    for (const step of script) await candidate.step(step);
    expect(candidate.screen).toContain(`nodes "${host(3, 'node01')}" not found`);
    expect([...exam.state.openedAt.keys()].sort()).toEqual([1, 2, 3]);
    expect(exam.state.current).toBe(3);

    const gone: string[] = [];
    (await exam.open(3, SIZE)).onFailure((reason) => gone.push(reason));
    threads.die();
    await until(() => gone.length > 0);
    expect(gone).toEqual(['its thread ended']);
    // What was typed is there again; the line to the other machine is cut off.
    await candidate.step({ open: 3 });
    await until(() =>
      /Connection to \S+ closed by remote host\.\s+Connection to \S+ closed\.\s+candidate@base/.test(candidate.screen),
    );
    await candidate.step({ line: 'echo back again', at: 'base' });
    expect(candidate.screen).toContain('back again');

    const { record, tasks } = await candidate.finish();
    expect(record.tasks.map(({ points, total, opened, flagged }) => [points, total, opened, flagged])).toEqual([
      [2, 2, true, false],
      [2, 2, true, false],
      [0, 2, true, true],
    ]);
    expect(record.percent).toBe(66);
    expect(tasks.map(({ graded }) => graded?.report.passed)).toEqual([true, true, false]);
    await exam.leave();
  });
});

test('an exam that is left while it is graded lets all go, and can be graded later', async () => {
  const home = temporaryFolder();
  const exam = await beginSmallExam(roomIn(home));
  await exam.leave();
  const file = ExamJournal.resume(examPath(home, exam.id));
  for (const opened of [1, 2, 3]) file.note({ opened }, 1000);
  file.close();
  const threads = new ObedientMachines();
  const again = await resumeExam(exam.id, roomIn(home, threads));
  const graded: number[] = [];
  let leaving: Promise<void> | undefined;
  const finished = again.finish('finished', (number) => {
    graded.push(number);
    if (number === 2) leaving = again.leave();
  });
  await expect(finished).rejects.toThrow('the exam was left');
  await leaving;
  // Two are graded at a time: the third was not begun any more.
  expect(graded).toEqual([1, 2]);
  expect(threads.count).toBe(0);
  expect(locksIn(home)).toEqual([]);
  const last = await resumeExam(exam.id, roomIn(home));
  expect(last.over).toBe(true);
  await last.leave();
  expect(locksIn(home)).toEqual([]);
}, 120_000);

test('a machine that does not answer is made again with its thread, and its neighbours when they are wanted', async () => {
  const home = temporaryFolder();
  const machines = new ObedientMachines();
  const exam = await beginSmallExam(roomIn(home, machines));
  const [first, second] = [await exam.open(1, SIZE), await exam.open(2, SIZE)];
  const gone: string[] = [];
  for (const [number, session] of [first, second].entries())
    session.onFailure((reason) => gone.push(`${number + 1}: ${reason}`));
  machines.stuck = true;
  second.type(Buffer.from('x'));
  const rebuilt = await exam.rebuild(2, SIZE);
  expect(machines).toMatchObject({ abandoned: 1, count: 1 });
  expect(gone).toEqual(['1: its thread was ended', '2: it did not answer']);
  expect(await exam.open(2, SIZE)).toBe(rebuilt);
  const again = await exam.open(1, SIZE);
  expect(again).not.toBe(first);
  expect(machines.count).toBe(2);
  const typed = (session: LiveSession): number =>
    readJournal(session.path).entries.filter((entry) => 'input' in entry && entry.input.kind === 'type').length;
  // What it choked on is left out, and kept beside.
  expect(typed(rebuilt)).toBe(0);
  expect(readdirSync(`${home}/journals`).filter((name) => name.includes('.stuck-'))).toHaveLength(1);
  await exam.leave();
  expect(machines.count).toBe(0);
  expect(locksIn(home)).toEqual([]);
});

/** What says that somebody has an exam or a task's journal open. */
function locksIn(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.lock'));
}

/** Machines of this thread that can be taken away as a thread's death would. */
class MortalThreads implements Links {
  private failures: ((reason: string) => void)[] = [];

  async link(): Promise<Link> {
    const link = await localLink();
    let dead = false;
    return {
      ...link,
      send: (message) => {
        if (!dead) link.send(message);
      },
      onFailure: (listener) => {
        this.failures.push((reason) => {
          dead = true;
          listener(reason);
        });
      },
    };
  }

  die(): void {
    const { failures } = this;
    this.failures = [];
    for (const fail of failures) fail('its thread ended');
  }
}
