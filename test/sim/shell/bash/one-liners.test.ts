import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../harness.js';
import { runOurs, runReal, whyNotReal } from '../harness.js';

const FOLDER = join(import.meta.dirname, 'one-liners');
const RECORDED = join(import.meta.dirname, 'recorded');
/** UPDATE=1 asks bash 5.2 anew; a plain run compares with what it said (GNU bash 5.2.15, Debian 12). */
const update = process.env.UPDATE === '1';

function linesOf(file: string): string[] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function recordingOf(file: string): Record<string, Outcome> {
  const path = join(RECORDED, file.replace('.txt', '.json'));
  if (!update) return JSON.parse(readFileSync(path, 'utf8'));
  const why = whyNotReal();
  if (why) throw new Error(`cannot record: ${why}`);
  const recorded = Object.fromEntries(linesOf(file).map((line) => [line, runReal(['-c', line])]));
  writeFileSync(path, `${JSON.stringify(recorded, undefined, 1)}\n`);
  return recorded;
}

const files = readdirSync(FOLDER).sort();

test('there are at least 300 one-liners', () => {
  expect(new Set(files.flatMap(linesOf)).size).toBeGreaterThanOrEqual(300);
});

describe.each(files)('%s', (file) => {
  const recorded = recordingOf(file);
  test.each(linesOf(file))('%s', (line) => {
    expect(runOurs(['-c', line])).toEqual(recorded[line]);
  });
});
