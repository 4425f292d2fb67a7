/**
 * Puts small faults into the checker, one at a time, and tells which of them its tables do not notice:
 * `npm run mutants [-- FILE…]`, a file being named by any part of its path. Then writes it down, unless a file has
 * more faults that nobody notices than it had.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashOf, type Line, RECORD, readExcuses, readRecord, recordText } from './record.js';
import { CHECKER, checkerFiles } from './tables.js';
import { type Outcome, tryMutants } from './try.js';

const words = process.argv.slice(2);
const all = checkerFiles();
const outcomes = await tryMutants(
  all.filter((path) => words.length === 0 || words.some((word) => path.includes(word))),
);
const record = new Map([...readRecord()].filter(([path]) => all.includes(path)));
const excuses = readExcuses();

for (const outcome of outcomes) {
  const line = lineOf(outcome);
  if (line.open > (record.get(line.path)?.open ?? 0)) {
    console.error(
      `${line.path}: ${line.open} mutants live on: write a row that catches them, or excuse them with a reason`,
    );
    process.exitCode = 1;
  } else record.set(line.path, line);
}
writeFileSync(RECORD, recordText(record.values()));
const mutants = outcomes.reduce((sum, outcome) => sum + outcome.mutants, 0);
console.log(`${mutants} mutants of ${outcomes.length} files tried; ${RECORD} is renewed`);

/** The line of a file; tells the survivors that are not excused. */
function lineOf({ path, mutants, survivors }: Outcome): Line {
  const open = survivors.filter(({ key }) => !excuses.has(`${path} ${key}`));
  for (const { key, line, reached } of open)
    console.log(`${path}:${line}${reached ? '' : ' (no row comes by)'}\n  ${key}`);
  const hash = hashOf(readFileSync(join(CHECKER, path), 'utf8'));
  return { path, hash, mutants, excused: survivors.length - open.length, open: open.length };
}
