import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { screenDifference } from '../vi/compare.js';
import type { OurEditor } from '../vi/ours.js';
import { editorMachine, play } from '../vi/ours.js';
import { readRecording, strays } from '../vi/recording.js';
import { NANO_CASES, NANO_SAVE } from './cases.js';

const recording = readRecording(join(import.meta.dirname, 'recorded.json'));
const NANO: OurEditor = {
  path: '/usr/bin/nano',
  args: ['nano'],
  settingsFile: '.nanorc',
  save: [...NANO_SAVE, '\x18', 'n'],
};

test('every case is recorded, and nothing else', () => {
  expect(strays(NANO_CASES, recording)).toEqual([]);
});

/** What the real nano did with every case of `cases.ts`, and what ours does. */
describe(`ours beside ${recording.programs.join(' and ')}`, () => {
  const machine = editorMachine();

  test.each(recording.cases)('$file $size $settings $args $keys', async (recorded) => {
    const ours = await play(machine, NANO, recorded);
    expect(ours.ended).toBe(recorded.ended);
    expect(ours.result).toBe(recorded.result);
    if (!recorded.ended) expect(screenDifference(recorded, ours)).toBeUndefined();
  });
});
