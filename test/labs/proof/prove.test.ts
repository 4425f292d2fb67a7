import { expect, test } from 'vitest';
import { ClusterError } from '../../../src/clusters/port.js';
import { contentFolder, readCatalogue } from '../../../src/labs/content/find.js';
import type { Lab } from '../../../src/labs/format/lab.js';
import type { PlayCase } from '../../../src/labs/proof/case.js';
import { endProof, startProof } from '../../../src/labs/proof/prove.js';

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

test('failures stand in the order of the cases, whichever is decided first', async () => {
  const { play, decide } = backwards();
  const proving = startProof(lab, play);
  decide();
  const { failures, cases } = await endProof(proving);
  expect(cases).toBeGreaterThan(5);
  expect(failures.map(({ says }) => says)).toEqual(proving.cases.map(({ says }) => says));
});

test('a world that cannot be made fails every case with its reason; a defect of ours is thrown', async () => {
  const failing = (error: Error): PlayCase => {
    return async () => Promise.reject(error);
  };
  const { failures, cases } = await endProof(startProof(lab, failing(new ClusterError('no fault x'))));
  expect(failures).toHaveLength(cases);
  expect(failures[0]).toMatchObject({ says: 'the world can be made', found: 'no fault x', commands: [] });
  await expect(endProof(startProof(lab, failing(new Error('a defect'))))).rejects.toThrow('a defect');
});
