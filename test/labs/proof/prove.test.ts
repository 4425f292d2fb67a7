import { expect, test } from 'vitest';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import { endProof, type PlayCase, startProof } from '../../../src/labs/proof/prove.js';

const [lab] = readCatalogue(contentFolder()).labs as [Lab, ...Lab[]];

/** Plays nothing; the last case asked for is decided first. */
function backwards(): { play: PlayCase; decide: () => void } {
  const decisions: (() => void)[] = [];
  const report = { checks: [], points: 0, total: 1, passed: false };
  const played = { report, output: '', traceHash: '', crashes: [{ host: 'h', command: 'c', message: 'm' }] };
  return {
    play: () => new Promise((resolve) => decisions.push(() => resolve(played as never))),
    decide: () => {
      for (const decision of decisions.reverse()) decision();
    },
  };
}

test('cases are told in their order, whichever is decided first', async () => {
  const { play, decide } = backwards();
  const proving = startProof(lab, play);
  decide();
  const told: string[] = [];
  const { failures, cases } = await endProof(proving, (says, failed) => told.push(`${says} ${failed}`));
  expect(cases).toBeGreaterThan(5);
  expect(told).toEqual(proving.cases.map(({ says }) => `${says} true`));
  expect(failures.map(({ says }) => says)).toEqual(proving.cases.map(({ says }) => says));
});
