import { expect, test } from 'vitest';
import { ProofProgress } from '../../../src/cli/check/proof-progress.js';

const ERASE = '\r\x1b[K';

function written(isTTY: boolean, cases = 3): string[] {
  const chunks: string[] = [];
  const stderr = { isTTY, write: (text: string) => chunks.push(text) > 0 } as never;
  const progress = new ProofProgress(stderr, 2, cases);
  progress.caseDecided('cka/a');
  progress.above(() => chunks.push('a line\n'));
  progress.end();
  progress.caseDecided('cka/b');
  return chunks;
}

test('on a terminal one line is drawn anew, stays below what is printed, and goes', () => {
  expect(written(true)).toEqual([
    `${ERASE}proving: 0 of 3 cases`,
    `${ERASE}proving: 1 of 3 cases · cka/a`,
    ERASE,
    'a line\n',
    `${ERASE}proving: 1 of 3 cases · cka/a`,
    ERASE,
  ]);
});

test('elsewhere one line says what is begun', () => {
  expect(written(false)).toEqual(['proving 2 labs, 3 cases\n', 'a line\n']);
});

test('where there is nothing to prove nothing is said', () => {
  expect(written(true, 0)).toEqual(['a line\n']);
  expect(written(false, 0)).toEqual(['a line\n']);
});
