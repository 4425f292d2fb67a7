import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Size } from '../../src/ui/store/state.js';
import { speak } from '../../src/ui/words/words.js';
import { CATALOGUE } from '../ui/fake-session.js';
import { disguised, pseudoMessages, wideMessages } from '../ui/words/pseudo.js';
import { frameOf, seen } from './frame-of.js';
import { SCENES } from './scenes.js';

/** What is in Latin letters without being words of ours: keys, commands and addresses, the terminal's own rows. */
const NO_WORDS = [
  /\brow \d+ ?\.*/g,
  /\bF\d+\b/g,
  /\bkubedrill(?: (?:run|exam|review|doctor))?\b/g,
  /\bssh /g,
  /\bhttps:/g,
];

function wordsIn(frame: string): string[] {
  const rest = NO_WORDS.reduce((text, pattern) => text.replace(pattern, ''), frame);
  return rest.match(/[A-Za-z]{2,}/g) ?? [];
}

const SMALL: Size = { columns: 60, rows: 20 };
const LARGE: Size = { columns: 200, rows: 60 };
const TINY: readonly Size[] = [
  { columns: 20, rows: 5 },
  { columns: 7, rows: 5 },
];

/** What of a frame lies outside of its window: the number of rows too many, and rows that are too wide. */
function outside({ columns, rows }: Size, frame: string): readonly (number | string)[] {
  const lines = frame.split('\n');
  const wide = lines.filter((line) => stringWidth(line) > columns);
  return lines.length > rows ? [lines.length - rows, ...wide] : wide;
}

describe('in a translation, which is longer, all text is translated, and fits', () => {
  beforeAll(() => speak({ tag: 'en', messages: pseudoMessages() }));
  afterAll(() => speak());

  test.each(Object.entries(SCENES))('%s', (_, events) => {
    for (const size of [SMALL, LARGE]) {
      const frame = seen(frameOf(size, disguised(events), 'none', disguised(CATALOGUE)));
      expect(wordsIn(frame)).toEqual([]);
      expect(outside(size, frame)).toEqual([]);
    }
  });
});

describe('a translation breaks no frame', () => {
  afterAll(() => speak());

  test.each([
    ['one that is longer', pseudoMessages(), TINY],
    ['one in wide letters', wideMessages(), [SMALL, ...TINY]],
  ])('%s', (_, messages, sizes) => {
    speak({ tag: 'en', messages });
    for (const size of sizes)
      for (const [name, events] of Object.entries(SCENES))
        expect(outside(size, seen(frameOf(size, events, 'none'))), name).toEqual([]);
  });
});
