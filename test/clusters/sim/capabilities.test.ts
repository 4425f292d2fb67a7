import { expect, test } from 'vitest';
import { ADD_ON_NAMES } from '../../../src/clusters/add-on-names.js';
import { CAPABILITY_WORDS, lacking } from '../../../src/clusters/capabilities.js';
import type { Capability } from '../../../src/clusters/port.js';
import { CONTEXT_CAPABILITIES, KIND_CAPABILITIES } from '../../../src/clusters/real/offers.js';
import { SIM_CAPABILITIES } from '../../../src/clusters/sim/capabilities.js';
import { worldFacts } from '../../../src/clusters/world-facts.js';

test('a simulated cluster can do all that there is', () => {
  const all = [
    ...Object.keys(CAPABILITY_WORDS),
    ...ADD_ON_NAMES.map((name) => `addon:${name}`),
    ...worldFacts().faults.map((name) => `fault:${name}`),
  ];
  expect([...SIM_CAPABILITIES].sort()).toEqual(all.sort());
});

test('no real cluster can do more', () => {
  for (const offer of [KIND_CAPABILITIES, CONTEXT_CAPABILITIES]) expect(lacking(offer, SIM_CAPABILITIES)).toEqual([]);
});

test.each<[readonly Capability[], readonly Capability[], readonly Capability[]]>([
  [['scripts', 'etcd', 'scripts'], [], ['etcd', 'scripts']],
  [['scripts', 'etcd'], ['etcd'], ['scripts']],
  // What can be copied can be spoiled: a copy of it is.
  [['expendable'], ['copies'], []],
  [['copies'], ['expendable'], ['copies']],
])('of %j a cluster with %j lacks %j', (needs, has, lacks) => {
  expect(lacking(needs, new Set(has))).toEqual(lacks);
});
