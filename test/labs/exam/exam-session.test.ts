import { describe, expect, test } from 'vitest';
import { resumeExam } from '../../../src/labs/exam/begin-exam.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';
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
});
