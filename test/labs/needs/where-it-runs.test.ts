import { expect, test } from 'vitest';
import type { Capability } from '../../../src/clusters/port.js';
import { whereItRuns } from '../../../src/labs/needs/where-it-runs.js';

const yes = (...perhaps: Capability[]) => ({ runs: true, because: [], if: perhaps });
const no = (...because: string[]) => ({ runs: false, because, if: [] });

test.each<[readonly Capability[], object, object]>([
  [[], yes(), yes()],
  [['expendable', 'scripts'], yes(), yes()],
  [['containers', 'scripts', 'addon:metallb'], yes(), yes('containers', 'addon:metallb')],
  [['containers', 'nodes', 'system'], yes(), no('nodes: so it is', 'system: so it is')],
  [
    ['load', 'virtual-time'],
    no('load: so it is', 'virtual-time: so it is'),
    no('load: so it is', 'virtual-time: so it is'),
  ],
  [['addon:cloud-metadata'], no('addon:cloud-metadata: so it is'), no('addon:cloud-metadata: so it is')],
  // What acts needs no copy.
  [['copies'], no('copies: so it is'), no('copies: so it is')],
])('a lab that needs %j', (needs, kind, context) => {
  expect(whereItRuns(needs.map((need) => ({ need, because: 'so it is' })))).toEqual({ sim: true, kind, context });
});
