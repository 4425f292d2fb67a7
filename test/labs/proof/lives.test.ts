import { expect, test } from 'vitest';
import type { ProofCase } from '../../../src/labs/proof/case.js';
import { lonelyLives, sharedLives } from '../../../src/labs/proof/lives.js';

const caseOf = (says: string, ...lines: string[]): ProofCase => ({
  says,
  steps: lines.map((line) => ({ lines: [line], look: false })),
  expects: { kind: 'everything' },
});

/** Each life as its stretches: what is typed, and what is then judged. */
const written = (lives: ReturnType<typeof sharedLives>): string[] =>
  lives.map((life) =>
    life
      .map(
        ({ steps, cases }) => `${steps.map(({ lines }) => lines).join(' ')}=${cases.map(({ says }) => says).join('+')}`,
      )
      .join(' | '),
  );

test.each<[string, ProofCase[], string[]]>([
  ['nothing', [], []],
  ['untouched alone', [caseOf('U')], ['=U']],
  [
    'a case that goes on from another is a later moment of its life',
    [caseOf('U'), caseOf('S', 'a', 'b'), caseOf('dropped b', 'a'), caseOf('M', 'a', 'b', 'm')],
    ['=U | a=dropped b | b=S | m=M'],
  ],
  [
    'the second that goes on begins anew, and what was judged is not judged again',
    [caseOf('U'), caseOf('S', 'a', 'b'), caseOf('M', 'a', 'b', 'm'), caseOf('N', 'a', 'b', 'n', 'o'), caseOf('X', 'x')],
    ['=U | a b=S | m=M', 'a b n o=N', 'x=X'],
  ],
  ['the same lines are one moment', [caseOf('one', 'a'), caseOf('two', 'a')], ['a=one+two']],
  [
    'branches below a shared moment keep all their lines',
    [caseOf('A', 'a'), caseOf('B', 'a', 'b', 'c'), caseOf('D', 'a', 'b', 'd')],
    ['a=A | b c=B', 'a b d=D'],
  ],
])('%s', (_, cases, lives) => {
  expect(written(sharedLives(cases))).toEqual(lives);
});

test('every case is judged in exactly one life, after exactly its lines', () => {
  const lines = ['a', 'b', 'c'];
  const cases: ProofCase[] = [];
  for (let number = 0; number < 40; number += 1) {
    const length = number % 4;
    cases.push(caseOf(`${number}`, ...Array.from({ length }, (_, at) => lines[(number >> (2 + at)) % 3] as string)));
  }
  const judged = sharedLives(cases).flatMap((life) => {
    let typed: string[] = [];
    return life.flatMap((stretch) => {
      typed = [...typed, ...stretch.steps.flatMap((step) => step.lines)];
      return stretch.cases.map(({ says }) => [says, typed.join(' ')]);
    });
  });
  const wanted = cases.map(({ says, steps }) => [says, steps.flatMap((step) => step.lines).join(' ')]);
  const byName = (one: string[], other: string[]): number => Number(one[0]) - Number(other[0]);
  expect(judged.sort(byName)).toEqual(wanted.sort(byName));
});

test('alone, each case has a machine to itself', () => {
  expect(written(lonelyLives([caseOf('U'), caseOf('S', 'a'), caseOf('T', 'a')]))).toEqual(['=U', 'a=S', 'a=T']);
});
