import { curriculum } from '../../content/curriculum.js';
import { placementRules } from '../placement.js';
import type { LabRule } from '../rule.js';

const unknownDomain: LabRule = {
  name: 'unknown-domain',
  says: "a lab's domain is one of its certification's",
  remedy: 'write one of these, letter by letter',
  severity: 'error',
  check({ content: { spec } }, report) {
    const its = curriculum()
      .domains.filter(({ certification }) => certification === spec.certification)
      .map(({ name }) => name);
    if (its.includes(spec.domain)) return;
    const known = its.map((name) => `"${name}"`).join(', ');
    report('spec/domain', `${spec.certification} has no domain "${spec.domain}"; it has ${known}`);
  },
};

const unknownWorld: LabRule = {
  name: 'unknown-world',
  says: 'the world a lab begins with is one of the ready-made ones',
  remedy: 'name one of these',
  severity: 'error',
  check({ content: { spec }, worlds }, report) {
    if (!worlds.includes(spec.world.base))
      report('spec/world/base', `there is no world ${spec.world.base}; there are ${worlds.join(', ')}`);
  },
};

/** What things are called: the lab, its domain, its world. */
export const names: readonly LabRule[] = [...placementRules('lab'), unknownDomain, unknownWorld];
