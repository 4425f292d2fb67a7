import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { VI_CASES } from './cases.js';
import { screenDifference } from './compare.js';
import { nameOf } from './editor-case.js';
import { DIFFERS_IN_TEXT, DIFFERS_ON_SCREEN } from './known-differences.js';
import type { Played } from './ours.js';
import { editorMachine, play } from './ours.js';
import { type Recorded, readRecording, strays } from './recording.js';

const SAVE = ['\x1b', '\x1b', ':w! result\r', ':qa!\r'];
const VI = { path: '/usr/bin/vi', args: ['vi'], settingsFile: '.vimrc', save: SAVE };
const recording = readRecording(join(import.meta.dirname, 'recorded.json'));

test('every case is recorded, and nothing else', () => {
  expect(strays(VI_CASES, recording)).toEqual([]);
});

/** What the real vim did with every case of `cases.ts`, and what ours does. */
describe(`ours beside ${recording.programs.join(' and ')}`, () => {
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

  test('rows and cursor are the same, but where the list says otherwise', () => {
    const differ = played.flatMap(({ recorded, ours }) => {
      const difference = recorded.ended ? undefined : screenDifference(recorded, ours);
      return difference === undefined ? [] : [{ name: nameOf(recorded), difference }];
    });
    const words = differ.map(({ name, difference }) => `${name}: ${difference}`).join('\n');
    expect(differ.map(({ name }) => name).sort(), words).toEqual(
      [...DIFFERS_IN_TEXT.keys(), ...DIFFERS_ON_SCREEN.keys()].sort(),
    );
  });
});
