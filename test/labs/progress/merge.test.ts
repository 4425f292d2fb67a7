import { describe, expect, test } from 'vitest';
import type { CardMemory } from '../../../src/labs/cards/card-memory.js';
import { archiveText, readArchive } from '../../../src/labs/progress/archive.js';
import type { LessonRecord } from '../../../src/labs/progress/lesson-record.js';
import { changesAnything, mergeProgress, type ProgressMerge } from '../../../src/labs/progress/merge.js';
import type { Attempt, Progress } from '../../../src/labs/progress/model.js';
import { daysAgo, examOf, graded, progressOf } from './practice.js';

const open = (id: string): Attempt => {
  const { graded: _, ...attempt } = graded('cka/dns', 0, 3, { id, finished: false });
  return attempt;
};
const merged = (mine: Progress, theirs: Progress, journals: readonly string[] = []): ProgressMerge =>
  mergeProgress(mine, theirs, (id) => journals.includes(id));
const of = (...attempts: readonly Attempt[]): Progress => progressOf(attempts);

describe('attempts', () => {
  const old = graded('cka/dns', 3, 5, { id: 'a' });
  const later = graded('cka/dns', 6, 2, { id: 'a' });
  test.each<[what: string, mine: readonly Attempt[], theirs: readonly Attempt[], is: readonly Attempt[]]>([
    [
      'what only the other has comes after',
      [old],
      [graded('cka/volume', 1, 9, { id: 'b' })],
      [old, graded('cka/volume', 1, 9, { id: 'b' })],
    ],
    ['what only I have stays', [old], [], [old]],
    ['the later grade stays: theirs', [old], [later], [later]],
    ['the later grade stays: mine', [later], [old], [later]],
    ['a grade is further than none: theirs', [open('a')], [later], [later]],
    ['a grade is further than none: mine', [later], [open('a')], [later]],
    ['alike: mine', [old], [{ ...old, seed: 'other' }], [old]],
    ['an end is further than none', [{ ...old, finished: false }], [old], [old]],
    ['one of mine that goes on stays as it is', [open('a')], [open('a')], [open('a')]],
    ['one that came without what was typed is ended', [], [open('a')], [{ ...open('a'), finished: true }]],
    ['one whose journal is here goes on', [], [open('j')], [open('j')]],
    ['one of mine that was ended elsewhere goes on here', [open('j')], [{ ...open('j'), finished: true }], [open('j')]],
    [
      'one that was graded since then elsewhere is further all the same',
      [open('j')],
      [graded('cka/dns', 6, 2, { id: 'j' })],
      [graded('cka/dns', 6, 2, { id: 'j' })],
    ],
  ])('%s', (_, mine, theirs, is) => {
    expect(merged(of(...mine), of(...theirs), ['j']).progress.attempts).toEqual(is);
  });

  test('go there and back, and what goes on here still does', () => {
    const here = of(open('j'), graded('cka/volume', 3, 2, { id: 'k', finished: false }));
    const there = merged(of(old), here);
    expect(there.progress.attempts.map(({ finished }) => finished)).toEqual([true, true, true]);
    const back = merged(here, there.progress, ['j', 'k']);
    expect(back.progress.attempts).toEqual([...here.attempts, old]);
    expect(back.attempts).toEqual({ added: 1, newer: 0, same: 2 });
  });

  test('are counted, and a second merge changes nothing', () => {
    const mine = of(old, graded('cka/volume', 6, 1, { id: 'v' }));
    const theirs = of(later, graded('cka/both', 6, 1, { id: 'n' }), open('o'), graded('cka/volume', 6, 1, { id: 'v' }));
    const first = merged(mine, theirs);
    expect(first).toMatchObject({ attempts: { added: 2, newer: 1, same: 1 }, closed: 1 });
    const second = merged(first.progress, theirs);
    expect([changesAnything(first), changesAnything(second)]).toEqual([true, false]);
    expect(second.progress).toEqual(first.progress);
  });
});

test('exams: each once, the one graded later', () => {
  const { progress, exams } = merged(
    progressOf([], [examOf(50, 5), examOf(60, 9, { id: 'x' })]),
    progressOf([], [examOf(70, 2, { id: 'x' }), examOf(80, 1)]),
  );
  expect(progress.exams.map(({ id, percent }) => [id, percent])).toEqual([
    ['exam-5', 50],
    ['x', 70],
    ['exam-1', 80],
  ]);
  expect(exams).toEqual({ added: 1, newer: 1, same: 0 });
});

test('lessons: the later state, and once done is done; cards: the later review', () => {
  const lesson = (last: number, finished?: number): LessonRecord => ({
    attempt: `l${last}`,
    done: ['one'],
    last: daysAgo(last),
    ...(finished === undefined ? {} : { finished: daysAgo(finished) }),
  });
  const card = (ago: number): CardMemory => ({
    due: daysAgo(0),
    stability: 1,
    difficulty: 5,
    scheduled_days: 1,
    learning_steps: 0,
    reps: ago,
    lapses: 0,
    state: 2,
    last_review: daysAgo(ago),
  });
  const mine = { ...of(), lessons: { a: lesson(9, 9), b: lesson(1) }, cards: { x: card(5), y: card(1) } };
  const theirs = {
    ...of(),
    lessons: { a: lesson(2), b: lesson(3, 3), c: lesson(4) },
    cards: { x: card(2), y: card(3) },
  };
  const { progress } = merged(mine, theirs);
  expect(progress.lessons).toEqual({
    a: { ...lesson(2), finished: daysAgo(9) },
    b: { ...lesson(1), finished: daysAgo(3) },
    c: lesson(4),
  });
  expect(progress.cards).toEqual({ x: card(2), y: card(1) });
});

test('a lesson under way here stays under way, though it was done elsewhere later', () => {
  const mine: LessonRecord = { attempt: 'j', done: ['one'], last: daysAgo(9) };
  const theirs: LessonRecord = { attempt: 'k', done: ['one', 'two'], last: daysAgo(2), finished: daysAgo(2) };
  const lessons = (lesson: LessonRecord, ...attempts: Attempt[]): Progress => ({
    ...of(...attempts),
    lessons: { lesson },
  });
  const goesOn = { ...open('j'), lab: 'cka/lessons/lesson' };
  const there = { ...open('k'), lab: 'cka/lessons/lesson', finished: true };
  const at = (progress: Progress): LessonRecord | undefined => progress.lessons['lesson'];
  expect(at(merged(lessons(mine, goesOn), lessons(theirs, there), ['j']).progress)).toEqual({
    ...mine,
    last: daysAgo(2),
    finished: daysAgo(2),
  });
  // Where the other's goes on here, or mine does not, the later one does.
  expect(at(merged(lessons(mine, goesOn), lessons(theirs, there), ['j', 'k']).progress)).toEqual(theirs);
  expect(at(merged(lessons(mine, goesOn), lessons(theirs, there)).progress)).toEqual(theirs);
});

describe('archives', () => {
  const progress = progressOf([graded('cka/dns', 6, 1)], [examOf(70, 2)]);

  test('what was written is read again; a progress file itself is read too', () => {
    expect(readArchive(archiveText(progress, '0.1.0', daysAgo(0)))).toEqual({ progress, exported: daysAgo(0) });
    expect(readArchive(JSON.stringify(progress))).toEqual({ progress, exported: undefined });
    expect(readArchive('{"version":1,"attempts":[]}')).toMatchObject({ progress: { version: 2, attempts: [] } });
  });

  const text = archiveText(progress, '0.1.0', daysAgo(0));
  test.each<[what: string, text: string, refusal: RegExp]>([
    ['cut off', text.slice(0, -20), /no whole JSON; perhaps it was cut off/],
    ['something else', '[1, 2]', /no progress of kubedrill stands in it/],
    ['nothing', 'null', /no progress of kubedrill/],
    ['a lab', '{"kind": "Lab"}', /no progress of kubedrill/],
    ['damaged', text.replace('"finished": true', '"finished": 1'), /the progress in it is damaged/],
    ['of a newer program', text.replace('"version": 1', '"version": 2'), /a newer kubedrill wrote it; update this one/],
    ['with newer progress', text.replace('"version": 2', '"version": 3'), /a newer kubedrill wrote it/],
    ['a newer progress file', '{"version": 3, "attempts": []}', /a newer kubedrill wrote it/],
    [
      'with a name that leads elsewhere',
      text.replace('"id": "cka-dns-1"', '"id": "../../x"'),
      /can be the name of no attempt/,
    ],
  ])('%s is refused', (_, archive, refusal) => {
    expect(readArchive(archive)).toEqual({ refusal: expect.stringMatching(refusal) });
  });
});
