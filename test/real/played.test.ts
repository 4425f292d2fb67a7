import { expect, test } from 'vitest';
import { because, KNOWN_DIFFERENCES } from './known-differences.js';
import { lineOf, type Remembered, readPlayed, rememberedLines } from './played.js';
import { readPage, summariesOf, toldOf } from './summary.js';

const played = readPlayed();
const named = (one: Remembered): string => `${one.lab}: ${one.case}`;

/** Played by hand, by `npm run test:real -- labs`: here is seen to it that what it remembered is told truly. */
test('what is remembered is one line of each case, sorted', () => {
  expect(rememberedLines()).toEqual(played.map(lineOf));
});

test('what differs on a real cluster is explained', () => {
  const unexplained = played.flatMap((one) =>
    one.differs.filter((difference) => !because(one, difference)).map(({ check }) => `${named(one)}: ${check}`),
  );
  expect(unexplained).toEqual([]);
});

test('every explanation explains something', () => {
  const used = new Set(played.flatMap((one) => one.differs.map((difference) => because(one, difference))));
  expect(KNOWN_DIFFERENCES.map((known) => known.because).filter((one) => !used.has(one))).toEqual([]);
});

test('the page says what is remembered, and of which labs it is no longer true', async () => {
  const summaries = await summariesOf(played);
  const stale = summaries.flatMap((one) => one.stale).map(({ lab, says }) => `${lab.id}: ${says}`);
  if (stale.length > 0) console.log(`Play again, since the lab is another now:\n${stale.join('\n')}`);
  expect(readPage(), 'npm run test:real -- report').toBe(toldOf(summaries));
});
