import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './machine.js';
import { simulate } from './machine.js';
import { runReal, VERSIONS, whyNotReal } from './real.js';
import { TABLES } from './rows/index.js';

/**
 * Command lines, run by our programs and compared with what the real ones said: recorded in `recorded/`, with versions;
 * `UPDATE=1` records anew. Where those versions are installed the recordings themselves are checked too.
 */
const notReal = whyNotReal();
if (notReal) console.log(`real coreutils not compared: ${notReal}`);

for (const [table, rows] of Object.entries(TABLES)) {
  const file = new URL(`./recorded/${table}.json`, import.meta.url);
  if (process.env['UPDATE'] && !notReal) {
    const recorded = Object.fromEntries(rows.map((row) => [row, runReal(row)]));
    writeFileSync(file, `${JSON.stringify({ versions: VERSIONS, rows: recorded }, null, 1)}\n`);
  }
  const recorded = (JSON.parse(readFileSync(file, 'utf8')) as { rows: Record<string, Outcome> }).rows;

  describe(table, () => {
    test.each(rows)('%s', (row) => {
      expect(recorded[row], 'not recorded: run with UPDATE=1').toBeDefined();
      expect(simulate(row)).toEqual(recorded[row]);
    });

    // One row in ten, as starting so many shells takes long; REAL=1 asks for all.
    const sample = process.env['REAL'] ? rows : rows.filter((_, index) => index % 10 === 0);
    test.skipIf(notReal !== undefined)(
      'the recordings are what the real programs say',
      () => {
        for (const row of sample) expect({ row, ...runReal(row) }).toEqual({ row, ...recorded[row] });
      },
      120_000,
    );
  });
}

test('there are enough rows', () => {
  expect(Object.values(TABLES).flat().length).toBeGreaterThanOrEqual(250);
});
