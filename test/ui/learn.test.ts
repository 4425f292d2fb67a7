import { afterEach, describe, expect, test } from 'vitest';
import { lineWidth } from '../../src/ui/line/line.js';
import { lessonHeader, lessonLines } from '../../src/ui/screens/lesson-lines.js';
import { lessonsHeader, lessonsLines } from '../../src/ui/screens/lessons-lines.js';
import { reviewHeader, reviewLines, spanText } from '../../src/ui/screens/review-lines.js';
import { openedLesson, reducedReview } from '../../src/ui/store/reduce-learn.js';
import { CARDS, FakeLesson, fakeLessons, fakeReview, lessonSession, ROWS } from './fake-learn.js';
import { FakeSession, fakePorts, LAB } from './fake-session.js';
import { Stage } from './stage.js';

const SIZES = [
  [60, 20],
  [80, 24],
  [100, 30],
  [140, 45],
  [200, 60],
] as const;

let open: Stage[] = [];

function stage(columns = 100, rows = 30): Stage {
  const made = new Stage(columns, rows);
  open.push(made);
  return made;
}

afterEach(async () => {
  for (const made of open) {
    process.emit('SIGTERM', 'SIGTERM');
    await made.ended;
  }
  open = [];
});

describe('a lesson', () => {
  test('is found from the catalogue, read, done, and ends with what it was about', async () => {
    const lesson = new FakeLesson();
    const session = lessonSession(lesson);
    const calls: string[] = [];
    const screen = stage().open(fakePorts(session, { lessons: fakeLessons(session, calls) }));
    await screen.shows('kubedrill');
    screen.type('l');
    await screen.shows(/▸ From a pod to a Deployment +2 steps/);
    screen.type('\r');
    await screen.shows(/to read · step 1 of 2/);
    screen.type('\x1b[18~');
    await screen.shows(/○ to do · step 2 of 2/);
    await screen.shows('▸ Run a pod rose¹ with k run rose --image=nginx:1.29²');
    expect(lesson.noted).toEqual(['read']);
    // It cannot be gone past before it is done.
    screen.type('\x1b[18~');
    await screen.shows('This step is not done yet');
    screen.type('\x1b');
    await screen.shows('step 2 of 2');
    lesson.holds = true;
    screen.type('k run rose --image=nginx:1.29\r');
    await screen.shows('✓ Done. F7 goes on.');
    await screen.shows('It is on node01.');
    expect(session.input).toBe('k run rose --image=nginx:1.29\r');
    expect(lesson.noted).toEqual(['read', 'rose']);
    screen.type('\x1b[18~');
    await screen.shows('You have done this lesson.');
    await screen.shows('kubernetes.io/docs/concepts/workloads/pods/');
    screen.type('\x1b[21~');
    await screen.shows('of 2 lessons done');
    expect(session.left).toBe(false);
    expect(calls).toEqual(['open cka/pods']);
  });

  test('shows its solution, types it, and says what is still missing', async () => {
    const lesson = new FakeLesson(['read']);
    const session = lessonSession(lesson);
    const screen = stage().open(fakePorts(session, { lessons: fakeLessons(session) }));
    await screen.shows('kubedrill');
    screen.type('l');
    await screen.shows('Lessons');
    screen.type('\r');
    await screen.shows('now: no pod/rose in default');
    // The notice says to press F5, which is pressed as it stands there.
    screen.type('\x1b[18~');
    await screen.shows('F5 shows how');
    screen.type('\x1b[15~');
    // A long step does not hide it.
    await screen.shows('→ k run rose --image=nginx:1.29');
    expect(screen.text()).not.toContain('F5 shows how');
    screen.type('\x1b[17~');
    await screen.shows('✓ k run rose');
    expect(session.input).toBe('k run rose --image=nginx:1.29\r');
  });

  test('is begun anew when that is wanted', async () => {
    const session = lessonSession(new FakeLesson());
    const calls: string[] = [];
    const screen = stage().open(fakePorts(session, { lessons: fakeLessons(session, calls) }));
    await screen.shows('kubedrill');
    screen.type('l');
    await screen.shows(/A pod with few rights +3 of 4 steps/);
    screen.type('jn');
    await screen.shows('step 1 of 2');
    expect(calls).toEqual(['open cks/rights anew']);
  });
});

describe('a review', () => {
  test('asks choices, several of them, an order and a gap, and keeps how well they were known', async () => {
    const review = fakeReview();
    const screen = stage().open(
      fakePorts(new FakeSession(), { review: async () => review, lessons: fakeLessons(new FakeSession()) }),
    );
    await screen.shows('kubedrill');
    screen.type('v');
    await screen.shows('Which change starts a rollout?');
    screen.type('1');
    await screen.shows('✗ Not right.');
    await screen.shows('1 again 1 min  2 hard 6 min  3 good 10 min  4 easy 8 days');
    screen.type('\r');
    await screen.shows('2 are right.');
    screen.type('1');
    await screen.shows(/1 {2}\[x\] get/);
    screen.type('3\r');
    await screen.shows('✓ Right.');
    screen.type('4');
    await screen.shows('What comes first, what next?');
    screen.type('2');
    await screen.shows(/2 +1\. filter/);
    screen.type('\x7f');
    await screen.shows(/2 +· +filter/);
    // The last one has only one place left, and is pressed all the same.
    screen.type('231');
    await screen.shows(/2 +✓1\. filter/);
    screen.type('\r');
    await screen.shows('Type what is missing');
    screen.type('wrong\x15repl\x1b[Aqx\x7f');
    await screen.shows('replq▌: 3');
    screen.type('\r');
    await screen.shows('✗ Not right. You wrote replq; right is replicas.');
    screen.type('2');
    await screen.shows('4 cards answered, 2 of them right.');
    await screen.shows('The next card comes in 10 min.');
    expect(review.rated).toEqual(['one 1', 'both 4', 'order 3', 'gap 2']);
    screen.type('\r');
    await screen.shows('Enter start');
  });

  test('is left to where it was asked for, and with the program where that was started for it', async () => {
    const lessons = fakeLessons(new FakeSession());
    const ports = fakePorts(new FakeSession(), { review: async () => fakeReview(), lessons });
    const screen = stage().open(ports);
    await screen.shows('kubedrill');
    screen.type('l');
    await screen.shows('of 2 lessons done');
    screen.type('v');
    await screen.shows('Which change starts a rollout?');
    screen.type('\x1b');
    await screen.shows('of 2 lessons done');
    const another = stage().open(ports, { TERM: 'xterm-256color' }, { review: true });
    await another.shows('Which change starts a rollout?');
    another.type('\x1b');
    expect(await another.ended).toBe(0);
  });

  test('says so when there is nothing', async () => {
    const screen = stage().open(fakePorts(new FakeSession(), { review: async () => fakeReview([]) }));
    await screen.shows('kubedrill');
    screen.type('v');
    await screen.shows('Nothing is due now.');
  });
});

describe.each(SIZES)('at %i×%i', (columns, rows) => {
  const answered = {
    right: false,
    answers: ['x'.repeat(90)],
    why: 'so '.repeat(80),
    next: { 1: 1, 2: 2, 3: 3, 4: 4e9 },
  };

  test('no line is wider than the window', () => {
    const lesson = openedLesson(new FakeLesson(['read']));
    const states = [
      lesson,
      { ...lesson, solution: true, failure: 'it broke' },
      { ...lesson, done: ['read', 'rose'] },
      { ...lesson, at: 2 },
    ];
    const reviews = CARDS.flatMap((card) => [
      { card },
      { card, given: [...card.texts], text: 'word '.repeat(30), answered },
    ]);
    const lines = [
      lessonsHeader({ rows: ROWS, cursor: 1 }, columns),
      ...lessonsLines({ rows: ROWS, cursor: 1 }, columns, rows),
      ...states.flatMap((state) => [lessonHeader({ view: LAB }, state, columns), ...lessonLines(state, columns - 2)]),
      ...reviews.flatMap((change) => {
        const review = reducedReview(undefined, change);
        return [reviewHeader(review, columns), ...reviewLines(review, columns)];
      }),
    ];
    expect(Math.max(...lines.map(lineWidth))).toBeLessThanOrEqual(columns);
  });

  test('a lesson leaves room for the terminal, and keys stand in the last row', async () => {
    const session = lessonSession(new FakeLesson(['read']));
    const screen = stage(columns, rows).open(
      fakePorts(session, { lessons: fakeLessons(session), review: async () => fakeReview() }),
    );
    await screen.shows('kubedrill');
    screen.type('l');
    await screen.shows('From a pod to a Deployment');
    screen.type('\r');
    await screen.shows('A pod of your own');
    session.print('candidate@controlplane:~$ ');
    await screen.shows('candidate@controlplane');
    expect(screen.screen().at(0)).toContain('step 2 of 2');
    expect(screen.screen().at(-1)).toContain('F5 solution');
    expect(Number(session.sizes.at(-1)?.split('×')[1])).toBeGreaterThanOrEqual(Math.floor(rows * 0.4));
    screen.type('\x1b[21~');
    await screen.shows('lessons done');
    screen.type('v');
    await screen.shows('Which change starts a rollout?');
    expect(screen.screen().at(-1)).toContain('1 2 … answer');
  });
});

test.each<[number, string]>([
  [1000, '1 min'],
  [10 * 60_000, '10 min'],
  [5 * 3_600_000, '5 h'],
  [86_400_000, '1 day'],
  [8 * 86_400_000, '8 days'],
  [90 * 86_400_000, '3 months'],
])('%i ms are %s', (milliseconds, text) => {
  expect(spanText(milliseconds)).toBe(text);
});
