import { ADD_ON_NAMES } from '../../../clusters/add-on-names.js';
import { CAPABILITY_WORDS } from '../../../clusters/capabilities.js';
import { evaluateExpression } from '../../../clusters/expressions.js';
import type { Capability } from '../../../clusters/port.js';
import { worldFacts } from '../../../clusters/world-facts.js';
import { seededDice } from '../../dice.js';
import { DeriveError } from '../../format/derive.js';
import { instantiate, type LabInstance } from '../../format/instance.js';
import type { LabFile } from '../../format/lab.js';
import { drawsToProve } from '../../format/structural.js';
import { nearest } from '../../nearest.js';
import { derivedNeeds } from '../../needs/needs-of-lab.js';
import type { LabRule } from '../rule.js';

const unknownNeed: LabRule = {
  name: 'unknown-need',
  says: 'what a lab needs is something that a cluster can do',
  remedy: '',
  severity: 'error',
  check({ content }, report) {
    const known = [
      ...Object.keys(CAPABILITY_WORDS),
      ...ADD_ON_NAMES.map((name) => `addon:${name}`),
      ...worldFacts().faults.map((name) => `fault:${name}`),
    ];
    content.spec.needs?.forEach((need, index) => {
      if (known.includes(need)) return;
      const near = nearest(need, known);
      const remedy = near === undefined ? `there are ${known.join(', ')}` : `did you mean ${near}?`;
      report(`spec/needs/${index}`, `no cluster is known by ${need}`, remedy);
    });
  },
};

const idleNeed: LabRule = {
  name: 'idle-need',
  says: 'a lab says only those needs that are not found in it anyway',
  remedy: 'leave it out',
  severity: 'shipped',
  check({ content }, report) {
    const { needs = [] } = content.spec;
    if (needs.length === 0) return;
    const found = foundInDraws(content);
    needs.forEach((need, index) => {
      if (found.length > 0 && found.every(({ derived }) => derived.has(need)))
        report(`spec/needs/${index}`, `${need} is found in the lab itself`);
    });
  },
};

/** What may be meant by files below /etc/kubernetes; which of them, only the author can tell. */
const BELOW: readonly Capability[] = ['audit', 'etcd', 'kubeadm'];

const unsaidNeed: LabRule = {
  name: 'unsaid-need',
  says: 'a lab whose solution works on /etc/kubernetes says what it needs there',
  remedy: 'write needs: [kubeadm], and audit where the audit log is set up',
  severity: 'shipped',
  check({ content }, report) {
    const { needs = [] } = content.spec;
    for (const { instance, derived } of foundInDraws(content)) {
      const script = instance.solution.find((part) => part.script.includes('/etc/kubernetes/'));
      if (!script || BELOW.some((need) => needs.includes(need) || derived.has(need))) continue;
      report('spec/solution', 'works on files below /etc/kubernetes, which not every cluster has');
      return;
    }
  },
};

/** What clusters a lab can be done on. */
export const needs: readonly LabRule[] = [unknownNeed, idleNeed, unsaidNeed];

interface Found {
  readonly instance: LabInstance;
  readonly derived: ReadonlySet<Capability>;
}

const SEED = '1';
const found = new WeakMap<LabFile, readonly Found[]>();

/** The draws that are proven, and what is found in each; those that cannot be made are another rule's. */
function foundInDraws(content: LabFile): readonly Found[] {
  const known = found.get(content) ?? findInDraws(content);
  found.set(content, known);
  return known;
}

function findInDraws(content: LabFile): readonly Found[] {
  return drawsToProve(content).whole.flatMap((fixed): Found[] => {
    try {
      const lab = { id: content.metadata.name, file: '', content, hash: '' };
      const options = { seed: SEED, dice: seededDice(SEED), fixed, evaluate: evaluateExpression };
      const instance = instantiate(lab, options);
      return [{ instance, derived: new Set(derivedNeeds(instance).map(({ need }) => need)) }];
    } catch (error) {
      if (error instanceof DeriveError) return [];
      throw error;
    }
  });
}
