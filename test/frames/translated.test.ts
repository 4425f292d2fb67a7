import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe('in a translation all text is translated', () => {
  beforeAll(() => speak({ tag: 'en', messages: pseudoMessages() }));
  afterAll(() => speak());

  test.each(Object.entries(SCENES))('%s', (_, events) => {
    for (const size of [
      { columns: 60, rows: 20 },
      { columns: 200, rows: 60 },
    ])
      expect(wordsIn(seen(frameOf(size, disguised(events), 'none', disguised(CATALOGUE))))).toEqual([]);
  });
});

describe('a translation breaks no frame', () => {
  const sizes = [
    { columns: 60, rows: 20 },
    { columns: 20, rows: 5 },
    { columns: 7, rows: 5 },
  ];
  afterAll(() => speak());

  test.each([
    ['one that is longer', pseudoMessages()],
    ['one in wide letters', wideMessages()],
  ])('%s', (_, messages) => {
    speak({ tag: 'en', messages });
    for (const size of sizes)
      for (const [name, events] of Object.entries(SCENES)) {
        const lines = seen(frameOf(size, events, 'none')).split('\n');
        expect(lines.length, name).toBeLessThanOrEqual(size.rows);
        expect(
          lines.filter((line) => stringWidth(line) > size.columns),
          name,
        ).toEqual([]);
      }
  });
});
