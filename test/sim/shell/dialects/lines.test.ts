import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../harness.js';
import { DIFFERENCES } from './differences.js';
import { REAL, runOurs, runReal, whyNotReal } from './harness.js';
import { LINES } from './lines.js';

/** `sh -c LINE` of busybox 1.35 and dash 0.5.12, recorded in `recorded/`; `RECORD=1` asks the real ones anew. */
describe.each(['ash', 'dash'] as const)('%s', (name) => {
  const file = new URL(`./recorded/${name}.json`, import.meta.url);
  if (process.env['RECORD']) {
    const why = whyNotReal(name);
    if (why) throw new Error(`cannot record: ${why}`);
    const rows = Object.fromEntries(LINES.map((line) => [line, runReal(name, ['-c', line])]));
    writeFileSync(file, `${JSON.stringify({ version: REAL[name].version, rows }, null, 1)}\n`);
  }
  const recorded = (JSON.parse(readFileSync(file, 'utf8')) as { rows: Record<string, Outcome> }).rows;
  const differences = DIFFERENCES[name];

  test.each(LINES.filter((line) => !(line in differences)))('%s', (line) => {
    expect(recorded[line], 'not recorded: run with RECORD=1').toBeDefined();
    expect(runOurs(name, ['-c', line])).toEqual(recorded[line]);
  });

  test.each(Object.keys(differences))('differs, as listed: %s', (line) => {
    expect(runOurs(name, ['-c', line])).not.toEqual(recorded[line]);
  });
});
