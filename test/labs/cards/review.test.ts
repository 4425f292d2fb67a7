import { describe, expect, test } from 'vitest';
import { type CardMemory, isCardMemory } from '../../../src/labs/cards/card-memory.js';
import type { Card, Deck } from '../../../src/labs/cards/deck.js';
import { isRight } from '../../../src/labs/cards/judge.js';
import { cardsOf, type Memories, queueAt, shuffled } from '../../../src/labs/cards/queue.js';
import { outcomes, type Rated } from '../../../src/labs/cards/schedule.js';

const PARTS = { types: ['C40'], question: 'What?', why: 'So.' };
const NOW = Date.UTC(2026, 0, 15, 9);
const MINUTE = 60_000;
const DAY = 86_400_000;

describe('what is right', () => {
  const one: Card = { ...PARTS, id: 'one', choices: ['a', 'b'], answer: 'a' };
  const both: Card = { ...PARTS, id: 'both', choices: ['a', 'b', 'c'], answer: ['c', 'a'] };
  const order: Card = { ...PARTS, id: 'order', order: ['a', 'b', 'c'] };
  const gap: Card = { ...PARTS, id: 'gap', gap: 'x ____', answer: ['restartPolicy: Always', 'p'] };
  test.each<[Card, string[], boolean]>([
    [one, ['a'], true],
    [one, ['b'], false],
    [one, [], false],
    [one, ['a', 'b'], false],
    [both, ['a', 'c'], true],
    [both, ['a'], false],
    [both, ['a', 'b', 'c'], false],
    [order, ['a', 'b', 'c'], true],
    [order, ['b', 'a', 'c'], false],
    [order, ['a', 'b'], false],
    [gap, ['  restartPolicy:   Always '], true],
    [gap, ['"restartPolicy: Always"'], true],
    [gap, ['restartpolicy: always'], false],
    [gap, ['p'], true],
    [gap, [''], false],
  ])('%j answered %j', (card, given, right) => {
    expect(isRight(card, given)).toBe(right);
  });
});

describe('when a card comes again', () => {
  test('a new one after minutes, or days when it was easy', () => {
    const next = outcomes(undefined, NOW);
    const minutes = ([1, 2, 3, 4] as const).map((rating) => (Date.parse(next[rating].due) - NOW) / MINUTE);
    expect(minutes[0]).toBe(1);
    expect(minutes[1]).toBeGreaterThan(1);
    expect(minutes[2]).toBe(10);
    expect(minutes[3]).toBeGreaterThan(24 * 60);
  });

  test('one that is known again and again after longer and longer', () => {
    let memory: CardMemory | undefined;
    let now = NOW;
    const waits: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      memory = outcomes(memory, now)[3];
      const due = Date.parse(memory.due);
      waits.push(due - now);
      now = due;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThan(30 * DAY);
    const again = outcomes(memory, now);
    expect(Date.parse(again[1].due) - now).toBeLessThan(DAY);
    expect(again[1].lapses).toBe(1);
  });

  test('what is kept survives being written and read, and a clock that was set back', () => {
    const memory = outcomes(undefined, NOW)[3];
    const read: unknown = JSON.parse(JSON.stringify(memory));
    expect(isCardMemory(read)).toBe(true);
    expect(outcomes(read as CardMemory, NOW + DAY)).toEqual(outcomes(memory, NOW + DAY));
    expect(Date.parse(outcomes(memory, NOW - DAY)[3].due)).toBeGreaterThan(NOW);
  });

  test.each([
    null,
    {},
    'x',
    { ...outcomes(undefined, NOW)[1], due: 'soon' },
    { ...outcomes(undefined, NOW)[1], reps: '1' },
  ])('%j is no memory of a card', (value) => {
    expect(isCardMemory(value)).toBe(false);
  });
});

describe('what is asked next', () => {
  const deck = (ids: string[]): Deck => ({
    id: 'cka/small',
    file: 'small.yaml',
    content: {
      apiVersion: 'kubedrill.dev/v1',
      kind: 'Deck',
      metadata: { name: 'small', title: 'Small' },
      spec: { certification: 'cka', cards: ids.map((id) => ({ ...PARTS, id, order: ['a', 'b', 'c'] })) },
    },
  });
  const cards = cardsOf([deck(['a', 'b', 'c', 'd'])]);
  const seen = (id: string, rating: Rated, ago: number): Memories => ({
    [`cka/small/${id}`]: outcomes(undefined, NOW - ago)[rating],
  });
  test.each<[string, Memories, { freshMax: number; last?: string }, [string | undefined, number, number]]>([
    ['new ones in their order', {}, { freshMax: 10 }, ['a', 0, 4]],
    ['no more new ones than wanted', {}, { freshMax: 0 }, [undefined, 0, 0]],
    ['what is due before what is new', seen('c', 3, DAY), { freshMax: 10 }, ['c', 1, 3]],
    [
      'what has been due for longest first',
      { ...seen('c', 3, DAY), ...seen('b', 3, 2 * DAY) },
      { freshMax: 10 },
      ['b', 2, 2],
    ],
    ['another one than just now', seen('a', 1, 5 * MINUTE), { freshMax: 10, last: 'cka/small/a' }, ['b', 1, 3]],
    [
      'the same one when there is no other',
      seen('a', 1, 5 * MINUTE),
      { freshMax: 0, last: 'cka/small/a' },
      ['a', 1, 0],
    ],
    ['what is due in some minutes, when nothing else is left', seen('d', 3, MINUTE), { freshMax: 0 }, ['d', 1, 0]],
    ['not what is due in days', seen('d', 4, MINUTE), { freshMax: 0 }, [undefined, 0, 0]],
  ])('%s', (_, memories, options, [next, due, fresh]) => {
    const queue = queueAt(cards, memories, { now: NOW, ...options });
    expect([queue.next?.card.id, queue.due, queue.fresh]).toEqual([next, due, fresh]);
  });

  test('it says when the next one is due', () => {
    const later = queueAt(cards, seen('d', 4, 0), { now: NOW, freshMax: 0 }).later ?? 0;
    expect(later - NOW).toBeGreaterThan(DAY);
    expect(queueAt(cards, {}, { now: NOW, freshMax: 0 }).later).toBeUndefined();
  });

  test('choices stand in another order each time, and never in the one that is right', () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const orders = Array.from({ length: 20 }, (_, time) => shuffled('cka/small/x', time, texts).join(''));
    expect(new Set(orders).size).toBeGreaterThan(10);
    expect(orders).not.toContain('abcde');
    for (const order of orders) expect([...order].sort()).toEqual(texts);
    expect(shuffled('cka/small/x', 3, texts).join('')).toBe(orders[3]);
  });
});
