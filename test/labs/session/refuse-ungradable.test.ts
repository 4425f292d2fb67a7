import { expect, test } from 'vitest';
import type { Capability } from '../../../src/clusters/port.js';
import { SIM_CAPABILITIES } from '../../../src/clusters/sim/capabilities.js';
import { refuseUngradable } from '../../../src/labs/session/refuse-ungradable.js';
import { instanceOf } from '../lab-text.js';

const task = instanceOf([
  '      resource: {apiVersion: v1, kind: Node, name: node01}\n      jsonpath: $.spec.unschedulable\n      equals: true\n',
  '      before: [{advance: 6m}]\n      unit: {host: node01, name: kubelet, active: true}\n',
]);
/** What happens on a cluster that can do all but this. */
function refused(...lacks: readonly Capability[]): string {
  const capabilities = new Set([...SIM_CAPABILITIES].filter((one) => !lacks.includes(one)));
  try {
    refuseUngradable(task, { capabilities });
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each<[readonly Capability[], readonly string[]]>([
  [[], ['taken']],
  // Without copies the cluster itself is acted on.
  [['copies'], ['taken']],
  [['etcd', 'workstation', 'load'], ['taken']],
  [
    ['nodes-root', 'nodes', 'virtual-time', 'copies', 'expendable'],
    [
      'cka/small cannot be done on this cluster:',
      '  the cluster can neither be copied nor spoiled by checks that act (the check done asks for it)',
      "  the cluster has nodes that are not the lab's to change (the solution asks for it)",
      '  the cluster has no nodes to be root on (the check done asks for it)',
      '  the cluster cannot let time pass at will (the check done waits for more than is waited for in real time)',
      'Take it on a simulated cluster instead.',
    ],
  ],
])('a cluster without %j: the task is refused before it begins, or taken', (lacks, says) => {
  expect(refused(...lacks)).toBe(says.join('\n'));
});

test.each<[string, string, readonly string[]]>([
  [
    'policy-enforcement',
    'cka/small cannot be done on this cluster:\n  the cluster does not enforce network policies (the lab says so)',
    [
      'Take it on a simulated cluster instead. A network plugin that enforces NetworkPolicies, such as Calico, would do too.',
    ],
  ],
])('what helps beside a simulated cluster is told: %s', (need, says, instead) => {
  const one = instanceOf(['  difficulty: 1\n', `  difficulty: 1\n  needs: [${need}]\n`]);
  const capabilities = new Set([...SIM_CAPABILITIES].filter((name) => name !== need));
  expect(() => refuseUngradable(one, { capabilities })).toThrow([says, ...instead].join('\n'));
});
