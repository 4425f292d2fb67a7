import * as fs from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { localLink } from '../../../src/clusters/sim/link.js';
import { resumeExam } from '../../../src/labs/exam/begin-exam.js';
import { ExamOverError } from '../../../src/labs/exam/exam-errors.js';
import { examPath, readExam } from '../../../src/labs/exam/exam-journal.js';
import { giveUpExam, unfinishedExams } from '../../../src/labs/exam/unfinished-exams.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import { temporaryFolder } from '../home-folder.js';
import { beginSmallExam, roomIn, SIZE } from './small-exam.js';

const MINUTE = 60_000;
let full = false;

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  const writeSync = (file: number, bytes: Uint8Array, offset = 0): number => {
    if (!full) return real.writeSync(file, bytes, offset);
    if (bytes.length - offset > 5) return real.writeSync(file, bytes, offset, 5);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  };
  return { ...real, writeSync };
});

beforeEach(() => {
  full = false;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  return () => vi.useRealTimers();
});

describe('a full disk', () => {
  test('is told once; what happened holds, and is written when there is space again', async () => {
    const room = roomIn(temporaryFolder());
    const exam = await beginSmallExam(room);
    const told: (string | undefined)[] = [];
    exam.onTrouble((reason) => told.push(reason));
    exam.flag(1, true);
    full = true;
    exam.flag(2, true);
    exam.takeNotes('half of it');
    room.forward += 60_000;
    vi.advanceTimersByTime(3000);
    expect(told).toEqual([expect.stringMatching(/\.jsonl cannot be written: no space left on device \(ENOSPC\)/)]);
    expect(exam.state).toMatchObject({ notes: 'half of it', flagged: new Set([1, 2]) });
    expect(readExam(examPath(room.home, exam.id)).state.flagged).toEqual(new Set([1]));
    full = false;
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([expect.stringContaining('ENOSPC'), undefined]);
    const { state, cut } = readExam(examPath(room.home, exam.id));
    expect({ cut, notes: state.notes, flagged: [...state.flagged] }).toEqual({
      cut: false,
      notes: 'half of it',
      flagged: [1, 2],
    });
    expect(state.elapsed).toBeGreaterThanOrEqual(60_000);
    await exam.leave();
  });
});

describe('the time of an exam', () => {
  test('is over at its last minute: nothing is taken from then on, and it is graded as ended by time', async () => {
    const room = roomIn(temporaryFolder());
    const exam = await beginSmallExam(room);
    let over = 0;
    exam.onOver(() => {
      over += 1;
      exam.takeNotes('in the last moment');
    });
    room.forward += 119 * MINUTE;
    vi.advanceTimersByTime(1000);
    expect([over, exam.over]).toEqual([0, false]);
    room.forward += 5 * MINUTE;
    expect(exam.over).toBe(true);
    vi.advanceTimersByTime(2000);
    exam.onOver(() => {
      over += 1;
    });
    expect(over).toBe(2);
    exam.flag(1, true);
    exam.takeNotes('too late');
    await expect(exam.open(1, SIZE)).rejects.toThrow(ExamOverError);
    const { record, tasks } = await exam.finish('finished');
    expect(record).toMatchObject({
      ending: 'time',
      seconds: 7200,
      percent: 0,
      passed: false,
      notes: 'in the last moment',
    });
    expect(record.tasks.map(({ points, total, flagged }) => [points, total, flagged])).toEqual([
      [0, 2, false],
      [0, 2, false],
      [0, 2, false],
    ]);
    expect(tasks.map(({ graded }) => graded)).toEqual([undefined, undefined, undefined]);
    await exam.leave();
    expect(ProgressStore.open(room.home).progress.exams).toEqual([record]);
  });

  test.each([
    ['pause', 100, false, 20],
    ['count', 100, false, 10],
    ['count', 200, true, 0],
    ['pause', 200, false, 20],
  ] as const)('%s: left after 100 minutes, gone on with %i later', async (interruptions, later, over, left) => {
    const home = temporaryFolder();
    const room = roomIn(home);
    const exam = await beginSmallExam(room, { interruptions });
    room.forward += 100 * MINUTE;
    await exam.leave();
    const away = roomIn(home);
    away.forward = (interruptions === 'count' ? 110 : 100) * MINUTE + (later === 200 ? 100 * MINUTE : 0);
    const [unfinished] = unfinishedExams(home, room.progress, away.clocks);
    expect(unfinished).toMatchObject({ id: exam.id, holder: undefined, header: { interruptions } });
    expect(Math.round((unfinished?.remaining ?? 0) / MINUTE)).toBe(left);
    const again = await resumeExam(exam.id, away);
    expect(again.over).toBe(over);
    expect(Math.round(again.remaining / MINUTE)).toBe(left);
    expect(again.state.resumed).toBe(1);
    if (over) expect((await again.finish('finished')).record).toMatchObject({ ending: 'time', resumed: 1 });
    await again.leave();
    expect(unfinishedExams(home, away.progress, away.clocks)).toHaveLength(over ? 0 : 1);
  });
});

test('an exam whose machine never comes is left all the same', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
  const link = vi.fn(async () => ({ ...(await localLink()), send: () => {} }));
  const room = roomIn(temporaryFolder(), { link });
  const exam = await beginSmallExam(room);
  void exam.open(1, SIZE).catch(() => {});
  await vi.waitFor(() => expect(link).toHaveBeenCalled());
  let left = false;
  const leaving = exam.leave().then(() => {
    left = true;
  });
  await vi.advanceTimersByTimeAsync(4000);
  expect(left).toBe(false);
  await vi.advanceTimersByTimeAsync(2000);
  await leaving;
  expect(unfinishedExams(room.home, room.progress, room.clocks)).toMatchObject([{ holder: undefined }]);
  expect(fs.readdirSync(`${room.home}/exams`).filter((name) => name.endsWith('.lock'))).toEqual([]);
});

describe('unfinished exams', () => {
  test('are the newest first; what has a result, was given up or cannot be read is none', async () => {
    const home = temporaryFolder();
    const room = roomIn(home);
    const ids: string[] = [];
    for (let number = 0; number < 4; number += 1) {
      const exam = await beginSmallExam(room);
      ids.push(exam.id);
      if (number === 3) await exam.finish('finished');
      await exam.leave();
      room.forward += MINUTE;
    }
    const [first = '', second = '', third = ''] = ids;
    const offered = (): string[] => unfinishedExams(home, room.progress, room.clocks).map(({ id }) => id);
    expect(offered()).toEqual([third, second, first]);
    giveUpExam(home, second);
    fs.writeFileSync(examPath(home, first), 'no exam');
    expect(offered()).toEqual([third]);
    await expect(resumeExam(second, room)).rejects.toThrow('the exam was given up');
  });

  test('one that was ended and not graded is left to be graded, as it was ended', async () => {
    const home = temporaryFolder();
    const room = roomIn(home);
    const exam = await beginSmallExam(room);
    const saveExam = vi.spyOn(room.progress, 'saveExam').mockImplementation(() => {
      throw new Error('killed');
    });
    await expect(exam.finish('finished')).rejects.toThrow('killed');
    await exam.leave();
    saveExam.mockRestore();
    expect(unfinishedExams(home, room.progress, room.clocks)).toMatchObject([{ remaining: 0 }]);
    const again = await resumeExam(exam.id, room);
    expect(again.over).toBe(true);
    expect((await again.finish('time')).record).toMatchObject({ ending: 'finished', resumed: 0 });
    await again.leave();
    expect(unfinishedExams(home, room.progress, room.clocks)).toEqual([]);
  });

  test('another program that has it open is told, and the second one refused', async () => {
    const room = roomIn(temporaryFolder());
    const exam = await beginSmallExam(room);
    const lock = examPath(room.home, exam.id).replace('.jsonl', '.lock');
    const held = JSON.parse(fs.readFileSync(lock, 'utf8')) as object;
    await expect(resumeExam(exam.id, room)).rejects.toThrow('is still open here');
    await exam.leave();
    fs.writeFileSync(lock, JSON.stringify({ ...held, pid: process.ppid, born: undefined }));
    expect(unfinishedExams(room.home, room.progress, room.clocks)).toMatchObject([{ holder: { pid: process.ppid } }]);
    await expect(resumeExam(exam.id, room)).rejects.toThrow(`open in another kubedrill (process ${process.ppid})`);
  });
});
