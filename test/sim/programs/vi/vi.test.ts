import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { screenDifference } from './compare.js';
import { DIFFERS_IN_TEXT, SCREENS_THAT_DIFFER_MAX } from './known-differences.js';
import type { Played } from './ours.js';
import { editorMachine, play } from './ours.js';
import type { Recorded, Recording } from './record.js';

const SAVE = ['\x1b', '\x1b', ':w! result\r', ':qa!\r'];
const VI = { path: '/usr/bin/vi', args: ['vi'], settingsFile: '.vimrc', save: SAVE };
const recording = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded.json'), 'utf8')) as Recording;
const nameOf = ({ file, settings, size, keys }: Recorded): string => `${file} ${size ?? ''}${settings ?? ''} ${keys}`;

/** What the real vim did with every case of `cases.ts`, and what ours does. */
describe(`ours beside ${recording.program}`, () => {
  const played: { recorded: Recorded; ours: Played }[] = [];

  beforeAll(async () => {
    const machine = editorMachine();
    for (const recorded of recording.cases) played.push({ recorded, ours: await play(machine, VI, recorded) });
  }, 120_000);

  test('the text is the same, but where the list says otherwise', () => {
    const differ = played.filter(
      ({ recorded, ours }) => recorded.result !== ours.result || recorded.ended !== ours.ended,
    );
    expect(differ.map(({ recorded }) => nameOf(recorded)).sort()).toEqual([...DIFFERS_IN_TEXT.keys()].sort());
  });

  test('rows and cursor are the same on nearly all screens', () => {
    const differ = played.filter(
      ({ recorded, ours }) => !recorded.ended && screenDifference(recorded, ours) !== undefined,
    );
    const words = differ.map(({ recorded, ours }) => `${nameOf(recorded)}: ${screenDifference(recorded, ours)}`);
    if (process.env['SHOW'] === '1') process.stdout.write(`${words.join('\n')}\n`);
    expect(words.length, words.join('\n')).toBeLessThanOrEqual(SCREENS_THAT_DIFFER_MAX);
  });
});
