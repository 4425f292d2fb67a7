/**
 * Expressions as the compiler and interpreter of k8s.io/apiserver v0.36.0 (cel-go v0.26.0) answered them, with the
 * environment of a policy or of a custom resource's rule: mistakes, types, estimated and actual costs, values and errors.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Input, type Output, runRecorded } from './recorded.js';

const FOLDER = new URL('./recorded/', import.meta.url);

interface Line {
  readonly defaults?: Partial<Input>;
  readonly in: Input;
  readonly out: Output;
}

/** Estimates beyond 2^53 are kept as floating point here: whatever they decide is decided at 10^8. */
function approximate(count: string | undefined): string | undefined {
  return count === undefined || Number(count) <= 2 ** 53 ? count : Number(count).toPrecision(12);
}

/** What can be compared: of a program that cannot be made only that, of one that was stopped not where it stood. */
function comparable({ type, Min, Max, cost, ...rest }: Output): Output {
  if (rest.program !== undefined) return rest;
  const stopped = rest.error?.includes('actual cost limit exceeded');
  const known = { ...rest, type, Min: approximate(Min), Max: approximate(Max), cost: stopped ? undefined : cost };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined && value !== null));
}

function recorded(file: string): { defaults: Partial<Input>; lines: Line[] } {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trim().split('\n');
  const parsed = lines.map((line) => JSON.parse(line) as Line);
  const defaults = parsed[0]?.defaults;
  return { defaults: defaults ?? {}, lines: defaults ? parsed.slice(1) : parsed };
}

/** What our answers may differ in, and why. */
const DIFFERENT: ReadonlyMap<string, string> = new Map([
  ['a.exists(x, x == 1,)', 'the server expands macros even where the grammar has refused the call'],
]);

describe.each(readdirSync(FOLDER).sort())('%s', (file) => {
  const { defaults, lines } = recorded(file);
  const answers = lines.map(({ in: input, out }) => ({
    expression: input.expression,
    answer: comparable(runRecorded({ ...defaults, ...input })),
    expected: comparable(out),
  }));

  it('is answered as the server answers', () => {
    const same = answers.filter(({ expression }) => !DIFFERENT.has(expression));
    const ours = same.map(({ expression, answer }) => ({ expression, ...answer }));
    expect(ours).toEqual(same.map(({ expression, expected }) => ({ expression, ...expected })));
  });

  it('differs where that is said', () => {
    for (const { expression, answer, expected } of answers) {
      if (DIFFERENT.has(expression)) expect(answer, DIFFERENT.get(expression)).not.toEqual(expected);
    }
  });
});

it('is recorded of more than a thousand expressions', () => {
  const counts = readdirSync(FOLDER).map((file) => recorded(file).lines.length);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1000);
});
