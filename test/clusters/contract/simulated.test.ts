import { beforeAll, describe, expect, test } from 'vitest';
import { openSimCluster } from '../../../src/clusters/sim/sim-cluster.js';
import { worldOptions } from '../../../src/labs/session/world.js';
import { CONTRACT } from './cases.js';
import { type Contracted, missing, playContract } from './contract.js';

describe('the contract on a simulated cluster', () => {
  let contracted: Contracted;
  beforeAll(async () => {
    const options = worldOptions('single-node', '7', 1_795_000_000_000_000);
    const cluster = await openSimCluster(options, { thread: 'same' });
    await cluster.request({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: 'contract' } } });
    await cluster.wait(2);
    const host = { name: 'controlplane', user: 'candidate', answers: '/home/candidate/answers' };
    // The simulated runtime ends the command alone, as a real one does when its connection is cut.
    contracted = { cluster, namespace: 'contract', host, lacks: { groups: 'what a command started outlives it' } };
  });

  test.each(CONTRACT.map((one) => [one.title, one] as const))('%s', async (_title, one) => {
    if (one.needs?.includes('groups'))
      expect(missing(one, contracted)).toBe('it has no groups: what a command started outlives it');
    else await one.run(contracted);
  });

  test('what a cluster has not is skipped with a clear line, and what fails is told', async () => {
    const run = () => Promise.reject(new Error('not so'));
    const cases = [
      { title: 'one', needs: ['addon:moon'] as const, run },
      { title: 'two', run },
    ];
    expect(await playContract(cases, contracted)).toEqual([
      { title: 'one', result: 'skipped', why: 'it has no addon:moon' },
      { title: 'two', result: 'failed', why: 'not so' },
    ]);
  });
});
