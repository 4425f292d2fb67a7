import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Outcome } from '../harness.js';
import { runOurs, runReal, whyNotReal } from '../harness.js';

const FOLDER = join(import.meta.dirname, 'scripts');
const RECORDED = join(import.meta.dirname, 'recorded', 'scripts.json');
/** UPDATE=1 asks bash 5.2 anew; a plain run compares with what it said (GNU bash 5.2.15, Debian 12). */
const update = process.env.UPDATE === '1';
const scripts = readdirSync(FOLDER).sort();
const textOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

/** Each script is bash's standard input. */
function recording(): Record<string, Outcome> {
  if (!update) return JSON.parse(readFileSync(RECORDED, 'utf8'));
  const why = whyNotReal();
  if (why) throw new Error(`cannot record: ${why}`);
  const recorded = Object.fromEntries(scripts.map((name) => [name, runReal([], textOf(name))]));
  writeFileSync(RECORDED, `${JSON.stringify(recorded, undefined, 1)}\n`);
  return recorded;
}

test('there are at least 40 scripts', () => {
  expect(scripts.length).toBeGreaterThanOrEqual(40);
});

const recorded = recording();
test.each(scripts)('%s', (name) => {
  expect(runOurs([], textOf(name))).toEqual(recorded[name]);
});
