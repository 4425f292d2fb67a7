import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CASES } from './cases.js';
import { DIFFERENCES } from './differences.js';
import { type Recorded, sortedAnswers } from './masked.js';
import { CorednsMachine } from './ours.js';

const [, ...lines] = readFileSync(new URL('../recorded/coredns.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');
const recorded = new Map(lines.map((line) => JSON.parse(line) as Recorded).map((one) => [one.id, one]));
const machine = new CorednsMachine();

function comparable({ id, refused, answers = [], log = [] }: Recorded): Recorded {
  return { id, ...(refused === undefined ? { answers: answers.map(sortedAnswers), log } : { refused }) };
}

test.each(CASES.filter(({ id }) => !DIFFERENCES.has(id)).map((one) => [one.id, one] as const))('%s', (id, one) => {
  const real = recorded.get(id);
  expect(real, 'is recorded').toBeDefined();
  expect(comparable(machine.play(one))).toEqual(comparable(real as Recorded));
});

test('every difference is about a case that there is', () => {
  const ids = new Set(CASES.map(({ id }) => id));
  expect([...DIFFERENCES.keys()].filter((id) => !ids.has(id))).toEqual([]);
});
