import { expect, test } from 'vitest';
import { linesMax, pureTables } from './limits.js';
import { filesUnder, textOf } from './tree.js';

const sources = ['src', 'test', 'bench', 'scripts'].flatMap(filesUnder).filter((path) => /\.(?:tsx?|mjs)$/.test(path));

const lengths = sources.map((path) => ({ path, lines: textOf(path)?.trimEnd().split('\n').length ?? 0 }));

test(`no source file has more than ${linesMax} lines, pure tables apart`, () => {
  const long = lengths.filter(({ path, lines }) => lines > linesMax && !pureTables.includes(path));
  expect(long).toEqual([]);
});

test('the list of pure tables names only files that need it', () => {
  const needed = lengths.filter(({ lines }) => lines > linesMax).map(({ path }) => path);
  expect(pureTables.filter((path) => !needed.includes(path))).toEqual([]);
});
