import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLesson } from '../../src/cli/learn/find-lesson.js';
import { lessonPorts } from '../../src/cli/learn/lesson-ports.js';
import { reviewPorts } from '../../src/cli/learn/review-ports.js';
import { adapt } from '../../src/cli/run/lab-session.js';
import { contentFolder } from '../../src/labs/content/find.js';
import { readDecks, readLessons } from '../../src/labs/content/find-learning.js';
import { ProgressStore } from '../../src/labs/progress/store.js';
import type { LiveSession } from '../../src/labs/session/live-session.js';
import { temporaryFolder } from '../labs/home-folder.js';
import { run } from './run.js';

const NOW = Date.UTC(2026, 0, 15, 9);
const { lessons } = readLessons(contentFolder(), []);
const { decks } = readDecks(contentFolder(), []);

describe('without a terminal', () => {
  test('learn lists the lessons', async () => {
    const { code, stdout } = await run(['learn'], { KUBEDRILL_HOME: temporaryFolder() });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cka\/from-a-pod-to-a-deployment +7 steps +12 min {2}From a pod to a Deployment$/m);
    expect(stdout.trim().split('\n')).toHaveLength(lessons.length);
  });

  test('review says how much there is', async () => {
    const { code, stdout } = await run(['review', 'CKA'], { KUBEDRILL_HOME: temporaryFolder() });
    expect([code, stdout]).toEqual([0, '0 due, 10 new. Cards are answered on the screens, which need a terminal.\n']);
  });

  test.each<[readonly string[], RegExp]>([
    [['learn', 'cka/from-a-pod'], /There is no lesson "cka\/from-a-pod"/],
    [['learn', 'close-a-namespac'], /Did you mean close-a-namespace\?/],
    [['review', 'ckx'], /"ckx" is no certification; there are cka, ckad, cks/],
  ])('%j is refused', async (argv, told) => {
    const { code, stderr } = await run(argv, { KUBEDRILL_HOME: temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).toMatch(told);
  });

  test('check reads lessons and cards of a folder, and names what is wrong by line', async () => {
    const folder = temporaryFolder();
    const put = (path: string, text: string): void => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    put(
      'cka/lessons/odd.yaml',
      'apiVersion: kubedrill.dev/v1\nkind: Lesson\nmetadata: {name: odd, title: Odd}\nspec: {}\n',
    );
    put(
      'cka/cards/odd.yaml',
      'apiVersion: kubedrill.dev/v1\nkind: Deck\nmetadata: {name: odd, title: Odd}\nspec: {certification: ckb, cards: []}\n',
    );
    const { code, stdout } = await run(['check', folder], { KUBEDRILL_HOME: temporaryFolder() });
    expect(code).toBe(1);
    expect(stdout).toContain('cka/lessons/odd.yaml:4: spec: steps is missing');
    expect(stdout).toContain('cka/cards/odd.yaml:4: spec.certification: must be one of cka, ckad, cks');
  });
});

test('a lesson is found by its last part', () => {
  expect(findLesson('close-a-namespace', lessons)).toBe('cka/close-a-namespace');
  expect(findLesson('cka/lessons/close-a-namespace', lessons)).toBe('cka/close-a-namespace');
});

test('cards that were answered come back in time, and no more new ones than one can keep', () => {
  const progress = ProgressStore.open(temporaryFolder());
  let now = NOW;
  const review = reviewPorts(decks, { progress, certification: 'cks' }, () => now);
  const asked: string[] = [];
  for (let { card } = review.queue(); card && asked.length < 50; { card } = review.queue()) {
    expect(card.certification).toBe('cks');
    const wrong = review.answer(card.id, []);
    expect(wrong.right).toBe(false);
    expect(review.answer(card.id, wrong.answers).right).toBe(true);
    asked.push(card.id);
    review.rate(card.id, 4);
  }
  expect(asked).toHaveLength(10);
  expect(review.queue()).toMatchObject({ card: undefined, due: 0, fresh: 0 });
  expect(Object.keys(ProgressStore.open(temporaryFolder()).progress.cards)).toEqual([]);
  now += 30 * 86_400_000;
  expect(review.queue().due).toBe(10);
});

test('a lesson is done by its solutions, left and gone on with where it was', { timeout: 120_000 }, async () => {
  const home = temporaryFolder();
  const progress = ProgressStore.open(home);
  const lesson = lessons.filter(({ id }) => id === 'cks/lessons/who-may-what');
  const ports = lessonPorts(
    () => lesson,
    { home, progress, program: 'test', where: { thread: 'same' } },
    (live: LiveSession) => adapt(live, undefined),
  );
  const size = { columns: 80, rows: 24, onStep: () => {} };
  const session = await ports.open('cks/who-may-what', false, size);
  const port = session.lesson;
  const [first] = port?.steps ?? [];
  expect(first?.do).toContain('/opt/course/1/may');
  expect((await port?.look('ask'))?.passed).toBe(false);
  for (const { bytes } of first?.solution ?? []) session.terminals.latest.type(bytes);
  await expect.poll(async () => (await port?.look('ask'))?.passed, { timeout: 60_000, interval: 500 }).toBe(true);
  port?.note(['ask']);
  expect(ports.list()).toMatchObject([{ id: 'cks/who-may-what', done: 1, open: true, finished: false }]);
  await session.leave({ finished: false });
  const again = await ports.open('cks/who-may-what', false, size);
  expect(again.lesson?.done).toEqual(['ask']);
  expect((await again.lesson?.look('ask'))?.passed).toBe(true);
  again.lesson?.note(again.lesson.steps.map(({ id }) => id));
  await again.leave({ finished: false });
  expect(ports.list()).toMatchObject([{ finished: true, open: false }]);
  expect(progress.progress.attempts).toMatchObject([{ lab: 'cks/lessons/who-may-what', finished: true }]);
});
