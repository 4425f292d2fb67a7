import { type History, historyOf } from '../../src/labs/progress/history.js';
import type { HistoryFacts } from '../../src/labs/progress/history-facts.js';
import type { Attempt } from '../../src/labs/progress/model.js';
import { examOf, graded, lab, NOW, progressOf } from '../labs/progress/practice.js';

const ARCHITECTURE = 'Cluster architecture, installation and configuration';
const TYPES = ['C125', 'C123', 'C130', 'C128', 'C19', 'C17', 'C13', 'C110'];

const FACTS: HistoryFacts = {
  domains: [
    { certification: 'cka', name: 'Troubleshooting', weight: 30 },
    { certification: 'cka', name: ARCHITECTURE, weight: 25 },
    { certification: 'cka', name: 'Storage', weight: 10 },
    { certification: 'ckad', name: 'Services and networking', weight: 20 },
  ],
  types: new Map(
    TYPES.map((id, index) => {
      const domain = index < 4 ? 'Troubleshooting' : index < 7 ? ARCHITECTURE : 'Storage';
      return [id, { id, certification: 'cka', domain, does: `Does ${id}` }];
    }),
  ),
  labs: [
    { ...lab('cka/fix-coredns', 'Troubleshooting', ['C128']), title: 'Names do not resolve' },
    { ...lab('cka/revive-a-kubelet', 'Troubleshooting', ['C125'], 3), title: 'A node that reports nothing' },
    { ...lab('cka/scheduler-stands-still', 'Troubleshooting', ['C123']), title: 'Pods that nobody places' },
    { ...lab('cka/back-up-etcd', ARCHITECTURE, ['C19']), title: 'Back up etcd before the upgrade' },
    { ...lab('cka/drain-a-node', ARCHITECTURE, ['C17']), title: 'Take a node out of service' },
    { ...lab('cka/bind-a-volume', 'Storage', ['C110']), title: 'A claim that finds its volume' },
    {
      ...lab('ckad/write-a-networkpolicy', 'Services and networking', []),
      title: 'Close a namespace but for one path',
    },
  ],
};

/** Half a winter of practice: now and then at first, nearly every day in the end, and ever better. */
function attempts(): Attempt[] {
  const labs = FACTS.labs.filter(({ certification }) => certification === 'cka').map(({ id }) => id);
  const days = [90, 88, 80, 61, 60, 59, 45, 33, 32, 30, 21, 20, 19, 18, 12, 11, 10, 6, 5, 4, 2, 1, 0];
  return days.map((day, index) => {
    const points = Math.min(6, 1 + Math.floor(index / 4) + (index % 3));
    return graded(labs[index % labs.length] ?? '', points, day, { seconds: 200 + ((index * 137) % 600) });
  });
}

/** A person's history as screens and reports show it. */
export const HISTORY: History = historyOf(
  progressOf(attempts(), [examOf(71, 3), examOf(48, 20, { seed: '3', seconds: 7200 })]),
  FACTS,
  NOW,
);

/** That of a person who has done nothing yet. */
export const NO_HISTORY: History = historyOf(progressOf([]), FACTS, NOW);
