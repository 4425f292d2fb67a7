import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { screenDifference } from '../vi/compare.js';
import type { OurEditor } from '../vi/ours.js';
import { editorMachine, play } from '../vi/ours.js';
import type { Recording } from '../vi/record.js';

const recording = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as Recording;
const NANO: OurEditor = {
  path: '/usr/bin/nano',
  args: ['nano'],
  settingsFile: '.nanorc',
  save: ['\x03', '\x03', '\x18', 'n', 'n'],
};
/** Screens that are not yet the same: how long the first message stays, paging, undone cursor, narrow help lines, settings. */
const SCREENS_THAT_DIFFER_MAX = 37;

test(`screens are mostly those of ${recording.program}`, async () => {
  const machine = editorMachine();
  const differ: string[] = [];
  for (const recorded of recording.cases) {
    const ours = await play(machine, NANO, recorded);
    const difference =
      recorded.ended === ours.ended ? (recorded.ended ? undefined : screenDifference(recorded, ours)) : 'one has ended';
    if (difference) differ.push(`${recorded.file} ${recorded.keys}: ${difference}`);
  }
  expect(differ.length, differ.join('\n')).toBeLessThanOrEqual(SCREENS_THAT_DIFFER_MAX);
}, 60_000);
