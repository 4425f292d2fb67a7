import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Answer } from './answers.js';
import { ask, ourServer } from './our-answers.js';
import { questions } from './questions.js';

/** What share of the answers must be word for word the same. It only ever rises. */
const FLOOR = 0.99;

function read<T>(name: string): { server: string; lines: T[] } {
  const text = readFileSync(new URL(`./recorded/${name}.jsonl`, import.meta.url), 'utf8');
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { server: head.server, lines };
}

const answers = read<Answer>('answers');

describe(`who may do what, as ${answers.server} says`, () => {
  const recorded = new Map(answers.lines.map((answer) => [answer.id, answer]));
  const server = ourServer();
  const all = questions().map((question) => ({
    question,
    ours: ask(server, question),
    real: recorded.get(question.id),
  }));
  const differing = all.filter(({ ours, real }) => JSON.stringify(sorted(ours)) !== JSON.stringify(sorted(real)));

  test('is asked often, and refused often', () => {
    expect(all.length).toBeGreaterThanOrEqual(800);
    expect(answers.lines.filter(({ status }) => status === 403).length).toBeGreaterThanOrEqual(300);
    expect(answers.lines.filter(({ status }) => status === 'let through').length).toBeGreaterThanOrEqual(70);
  });

  test('is answered the same', () => {
    const shown = differing.map(({ question, ours, real }) => ({ ...question, headers: question.headers, ours, real }));
    expect(1 - differing.length / all.length, JSON.stringify(shown, null, 1)).toBeGreaterThanOrEqual(FLOOR);
  });
});

/** The same value with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
