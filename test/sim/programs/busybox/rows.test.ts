import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { busyboxFiles } from '../../../../src/sim/images/base-files.js';
import { specOf } from '../../../../src/sim/programs/busybox/applet.js';
import { applets } from '../../../../src/sim/programs/busybox/applets/register.js';
import type { Outcome } from '../../shell/harness.js';
import { DIFFERENCES } from './differences.js';
import { runOurs, runReal, VERSION, whyNotReal } from './harness.js';
import { ROWS } from './rows.js';
import { UNPRODUCED } from './unproduced.js';

/** Which patterns of the applets' words were asked for a message, and what they said. */
const asked = Object.entries(applets).flatMap(([name, program]) =>
  (specOf(program)?.says ?? []).map(([from]) => ({ name, from, spy: vi.spyOn(from, 'test') })),
);

/** Lines as busybox 1.35 answered them, recorded in `recorded/`; `RECORD=1` asks the real one anew. */
for (const [table, rows] of Object.entries(ROWS)) {
  const file = new URL(`./recorded/${table}.json`, import.meta.url);
  if (process.env['RECORD']) {
    const why = whyNotReal();
    if (why) throw new Error(`cannot record: ${why}`);
    const recorded = Object.fromEntries(rows.map((row) => [row, runReal(row)]));
    writeFileSync(file, `${JSON.stringify({ version: VERSION, rows: recorded }, null, 1)}\n`);
  }
  const recorded = (JSON.parse(readFileSync(file, 'utf8')) as { rows: Record<string, Outcome> }).rows;

  describe(table, () => {
    test.each(rows.filter((row) => !(row in DIFFERENCES)))('%s', (row) => {
      expect(recorded[row], 'not recorded: run with RECORD=1').toBeDefined();
      expect(runOurs(row)).toEqual(recorded[row]);
    });
    const listed = rows.filter((row) => row in DIFFERENCES);
    test.skipIf(listed.length === 0).each(listed)('differs, as listed: %s', (row) => {
      expect(runOurs(row)).not.toEqual(recorded[row]);
    });
  });
}

test('there are enough rows', () => {
  expect(Object.values(ROWS).flat().length).toBeGreaterThanOrEqual(250);
});

test('every file of the image that is busybox has its applet', () => {
  const names = busyboxFiles().flatMap(({ path, program }) =>
    program === 'busybox' ? [path.slice('/bin/'.length)] : [],
  );
  expect(names.filter((name) => !Object.hasOwn(applets, name) && !/^(?:a?sh|busybox)$/.test(name))).toEqual([]);
});

test('the register is alphabetical', () => {
  const names = Object.keys(applets);
  expect(names).toEqual([...names].sort());
});

test("every row of the applets' words is used by one of the lines, or is known not to be", () => {
  const unused = asked.filter(({ spy }) => !spy.mock.results.some(({ value }) => value === true));
  expect(unused.map(({ name, from }) => `${name} ${from.source}`)).toEqual(UNPRODUCED);
});
