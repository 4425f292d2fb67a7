import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutantsOf, readSource } from './mutants.js';
import { hashOf, readExcuses, readRecord } from './record.js';
import { withMutants } from './schemata.js';
import { CHECKER, checkerFiles } from './tables.js';

/** A function's body, and the changes that are tried in it. */
test.each<[string, string[]]>([
  ['if (a < 1) return b;', ['a < 1 → true', 'a < 1 → false', 'a < 1 → a <= 1', 'a < 1 → a >= 1']],
  ['return a === b && !c;', ['a === b && !c → a === b || !c', 'a === b → a !== b', '!c → c']],
  ['return a.some(b);', ['a.some(b) → a.every(b)']],
  ['return a.filter(b).c;', ['a.filter(b) → a']],
  ['return a ?? b;', ['a ?? b → a']],
  ['return a ? b : c;', ['a ? b : c → b', 'a ? b : c → c']],
  ['const { a = true } = b;', ['true → undefined', 'true → false']],
  ['return `${a} b`;', ["`${a} b` → ''"]],
  ['a.b(c);', ['a.b(c) → undefined']],
  ['const a: true | undefined = b as true;', []],
])('%s', (body, changes) => {
  const mutants = mutantsOf(readSource('a.ts', `function f() { ${body} }`));
  expect(mutants.map(({ key }) => key)).toEqual(changes.map((change) => `f: ${change}`));
});

test('what is worked out while a file is loaded is left alone', () => {
  expect(mutantsOf(readSource('a.ts', 'export const a = b < 1 ? true : !c;'))).toEqual([]);
});

test('all mutants of a source stand in it, a chain that may break off staying whole', () => {
  const file = readSource('a.ts', 'const f = () => a?.filter(b).c || d;');
  const [or, chain] = ['a?.filter(b).c && d', 'a.c'];
  expect(withMutants(file, mutantsOf(file), 7)).toBe(
    `const f = () => (MUTANT(7) ? (${or}) : ((MUTANT(8) ? (${chain}) : (a?.filter(b).c)) || d));`,
  );
});

test.each([
  ['a comment', 'const a = 1; // one', 'const a = 1;', true],
  ['layout', 'const a =\n  1;', 'const a = 1;', true],
  ['wording', "f('two words', `${a} and`);", "f('other two', `${a} or`);", true],
  ['a word', "f('one');", "f('other');", false],
  ['an operator', 'a < b', 'a <= b', false],
])('of %s a hash knows: %s, %s', (_, one, other, same) => {
  expect(hashOf(one) === hashOf(other)).toBe(same);
});

test('the mutants of every file of the checker were tried since it changed: `npm run mutants` does it', () => {
  const lines = [...readRecord().values()].map(({ path, hash }) => `${path} ${hash}`);
  expect(lines).toEqual(checkerFiles().map((path) => `${path} ${hashOf(readFileSync(join(CHECKER, path), 'utf8'))}`));
});

test('every excuse is for a mutant that there is, and has a reason', () => {
  const keys = checkerFiles().flatMap((path) =>
    mutantsOf(readSource(path, readFileSync(join(CHECKER, path), 'utf8'))).map(({ key }) => `${path} ${key}`),
  );
  const there = new Set(keys);
  const excuses = [...readExcuses()];
  expect(excuses.filter(([key, reason]) => !there.has(key) || reason === '')).toEqual([]);
});
