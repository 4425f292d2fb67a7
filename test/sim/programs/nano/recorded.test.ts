import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { screenDifference } from '../vi/compare.js';
import type { OurEditor } from '../vi/ours.js';
import { editorMachine, play } from '../vi/ours.js';
import type { Recording } from '../vi/record.js';
import { NANO_CASES, NANO_SAVE } from './cases.js';

const recording = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as Recording;
const NANO: OurEditor = {
  path: '/usr/bin/nano',
  args: ['nano'],
  settingsFile: '.nanorc',
  save: [...NANO_SAVE, '\x18', 'n'],
};

test('every case is recorded', () => {
  expect(recording.cases.map(({ file, keys }) => `${file} ${keys}`)).toEqual(
    NANO_CASES.map(({ file, keys }) => `${file} ${keys}`),
  );
});

/** What the real nano did with every case of `cases.ts`, and what ours does. */
describe(`ours beside ${recording.program}`, () => {
  const machine = editorMachine();

  test.each(recording.cases)('$file $size $settings $keys', async (recorded) => {
    const ours = await play(machine, NANO, recorded);
    expect(ours.ended).toBe(recorded.ended);
    expect(ours.result).toBe(recorded.result);
    if (!recorded.ended) expect(screenDifference(recorded, ours)).toBeUndefined();
  });
});
