import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LessonCoach } from '../../../src/ui/desks/lesson-coach.js';
import type { LessonState } from '../../../src/ui/store/learn-state.js';
import { openedLesson } from '../../../src/ui/store/reduce-learn.js';
import { FakeLesson, lessonSession } from '../fake-learn.js';

let lesson: FakeLesson;
let session: ReturnType<typeof lessonSession>;
let state: LessonState;
let coach: LessonCoach;
let failed: string[];

beforeEach(() => {
  vi.useFakeTimers();
  begin(new FakeLesson(['read']));
});
afterEach(() => {
  coach.close();
  vi.useRealTimers();
});

function begin(one: FakeLesson): void {
  lesson = one;
  session = lessonSession(lesson);
  state = openedLesson(lesson);
  failed = [];
  coach = new LessonCoach({
    lesson,
    state: () => state,
    show: (change) => {
      state = { ...state, ...change };
    },
    type: (bytes) => session.terminals.first.type(bytes),
    onOutput: (listener) => session.terminals.first.onOutput(listener),
    fail: (reason) => failed.push(reason),
  });
}

const key = (text: string): void => coach.keyed(Buffer.from(text));

test('it looks once when a step comes up, and then only after a command', async () => {
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lesson.looks).toBe(1);
  key('k get po');
  await vi.advanceTimersByTimeAsync(1000);
  expect(lesson.looks).toBe(1);
  key('\r');
  await vi.advanceTimersByTimeAsync(300);
  session.print('NAME');
  await vi.advanceTimersByTimeAsync(399);
  expect(lesson.looks).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(lesson.looks).toBe(2);
});

test('a command that goes on printing is looked at all the same', async () => {
  await vi.advanceTimersByTimeAsync(0);
  key('\r');
  for (let tenth = 0; tenth < 29; tenth += 1) {
    session.print('line');
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(lesson.looks).toBe(1);
  session.print('line');
  await vi.advanceTimersByTimeAsync(100);
  expect(lesson.looks).toBe(2);
});

test('what a command began is looked at again for a while, and no longer than that', async () => {
  await vi.advanceTimersByTimeAsync(0);
  key('\r');
  await vi.advanceTimersByTimeAsync(400);
  expect(lesson.looks).toBe(2);
  await vi.advanceTimersByTimeAsync(1500);
  expect(lesson.looks).toBe(3);
  lesson.holds = true;
  await vi.advanceTimersByTimeAsync(2500);
  expect(state.done).toEqual(['read', 'rose']);
  expect(lesson.noted).toEqual(['read', 'rose']);
  const { looks } = lesson;
  key('\r');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(lesson.looks).toBe(looks);
});

test('a step that nobody does is left alone after a minute', async () => {
  key('\r');
  await vi.advanceTimersByTimeAsync(120_000);
  const { looks } = lesson;
  expect(looks).toBeLessThan(10);
  await vi.advanceTimersByTimeAsync(600_000);
  expect(lesson.looks).toBe(looks);
});

test('nobody goes past a step that is not done, and one that is read is done by going on', async () => {
  coach.perform('lesson-next');
  expect(state.at).toBe(1);
  coach.perform('lesson-previous');
  expect(state.at).toBe(0);
  coach.perform('lesson-next');
  expect(state.at).toBe(1);
  coach.close();
  begin(new FakeLesson());
  expect(state.at).toBe(0);
  coach.perform('lesson-next');
  expect([state.at, state.done, lesson.noted]).toEqual([1, ['read'], ['read']]);
});

test('the solution is typed piece by piece, and then no more', () => {
  for (let time = 0; time < 4; time += 1) coach.perform('lesson-type');
  expect(session.input).toBe('k run rose --image=nginx:1.29\rk get pods\r');
  expect([state.typed, state.solution]).toEqual([2, true]);
});

test('checks that cannot be looked at, and a step that cannot be kept, are told', async () => {
  lesson.look = () => Promise.reject(new Error('the copy is gone'));
  coach.perform('lesson-look');
  await vi.advanceTimersByTimeAsync(0);
  coach.perform('lesson-look');
  await vi.advanceTimersByTimeAsync(0);
  expect(state.failure).toBe('the copy is gone');
  coach.close();
  const full = new FakeLesson();
  full.note = () => {
    throw new Error('the disk is full');
  };
  begin(full);
  coach.perform('lesson-next');
  expect(failed).toEqual(['the disk is full']);
});

test('a look that is under way when it is closed notes nothing: the lesson may have been begun anew by then', async () => {
  lesson.holds = true;
  let answer = (): void => {};
  const look = lesson.look.bind(lesson);
  lesson.look = async () => {
    await new Promise<void>((resolve) => {
      answer = resolve;
    });
    return look();
  };
  key('\r');
  await vi.advanceTimersByTimeAsync(400);
  coach.close();
  const before = state;
  answer();
  await vi.advanceTimersByTimeAsync(1000);
  expect(lesson.noted).toEqual([]);
  expect(state).toBe(before);
});

test('after it was closed nothing is looked at or shown', async () => {
  coach.close();
  key('\r');
  const before = state;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(lesson.looks).toBe(1);
  expect(state).toBe(before);
});
