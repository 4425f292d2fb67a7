import { expect, test } from 'vitest';
import { needsOfLab, reasonsOfNeeds } from '../../../src/labs/needs/needs-of-lab.js';
import { instanceOf } from '../lab-text.js';

type Change = readonly [string, string];
const CHECK =
  '      resource: {apiVersion: v1, kind: Node, name: node01}\n      jsonpath: $.spec.unschedulable\n      equals: true\n';
/** Nothing of it needs anything. */
const PLAIN: readonly Change[] = [
  [CHECK, '      gone: {apiVersion: v1, kind: Pod, name: x, namespace: shop}\n'],
  ['k cordon node01', 'k -n shop delete pod x'],
];
const world = (more: string): readonly Change[] => [
  ...PLAIN,
  ['    base: three-node\n', `    base: three-node\n${more}`],
];
const step = (text: string): readonly Change[] => world(`    steps:\n      - ${text}\n`);
const check = (text: string): readonly Change[] => [[CHECK, `      ${text}\n`], PLAIN[1] as Change];
const solution = (script: string): readonly Change[] => [PLAIN[0] as Change, ['k cordon node01', script]];

/** What a cluster must be able to do for a lab. */
test.each<[string, readonly Change[], string]>([
  ['nothing', PLAIN, ''],
  ['a node is cordoned', [], 'nodes'],
  // Its world.
  ['an add-on', world('    addons: [metallb]\n'), 'addon:metallb'],
  ['a network of its own', world('    cni: flannel\n'), 'system'],
  ['a fault', step('fault: {name: kubelet-disabled}'), 'fault:kubelet-disabled'],
  ['load', step('load: {deployment: web, cpu: 100m}'), 'load'],
  ['time goes by', step('age: 9h'), ''],
  ['it comes to rest', step('settle: true'), ''],
  ['a file of the task', step('file: {host: controlplane, path: /srv/a, content: x}'), 'workstation'],
  ['a file of a node', step('file: {host: node02, path: /srv/a, content: x}'), 'nodes nodes-root'],
  ['a file of the system', step('file: {host: controlplane, path: /etc/a, content: x}'), 'nodes-root'],
  ['a script of the candidate', step('run: {host: controlplane, as: candidate, script: kubectl get pods}'), 'scripts'],
  ['a script of root', step('run: {host: controlplane, script: kubectl get pods}'), 'nodes-root'],
  ['a probed pod', step('manifests: "kind: Pod\\nspec: {containers: [{livenessProbe: {}}]}"'), 'containers'],
  ['what is in kube-system', step('manifests: "kind: Pod\\nmetadata: {namespace: kube-system}"'), 'system'],
  // Its checks.
  ['a check of an answer', check('answer: {host: controlplane, path: "{{answers}}/a", equals: x}'), 'scripts'],
  [
    'checks that wait',
    check('gone: {apiVersion: v1, kind: Pod, name: x, namespace: shop}\n      before: [{advance: 9m}]'),
    'expendable virtual-time',
  ],
  [
    'a connection',
    check('connect: {from: {probe: {namespace: shop}}, to: {address: db, port: 1}, reaches: false}'),
    'containers',
  ],
  [
    'a connection that a policy forbids',
    [
      ...check('connect: {from: {probe: {namespace: shop}}, to: {address: db, port: 1}, reaches: false}').slice(0, 1),
      ['k cordon node01', 'k -n shop delete networkpolicy open'],
    ],
    'containers policy-enforcement',
  ],
  ['a policy that nobody tries', solution('k -n shop delete netpol open'), ''],
  // What is typed.
  ['a look is not needed', solution('sudo ls /etc/kubernetes   # look'), ''],
  [
    'what is typed into an editor is no command',
    solution('k edit deploy web\n        keys: :%s#x#ssh /srv/x#<Enter>'),
    '',
  ],
  ['root', solution('sudo ls'), 'nodes-root'],
  // Names of nodes.
  ['the task names a node', [...PLAIN, ['task: Do it.', 'task: Do it on node02.']], 'nodes'],
  ['a name that begins so is another', [...PLAIN, ['task: Do it.', 'task: Do it on node02-b and x.node01.']], ''],
  ['places of pods', step('manifests: "kind: Pod\\nspec: {nodeSelector: {kubernetes.io/hostname: x}}"'), 'nodes'],
  // What its author says.
  ['its author', [...PLAIN, ['  difficulty: 1\n', '  difficulty: 1\n  needs: [audit, kubeadm]\n']], 'audit kubeadm'],
])('%s', (_, changes, needs) => {
  expect([...needsOfLab(instanceOf(...changes))].sort().join(' ')).toBe(needs);
});

test('each need is told once, with the first reason', () => {
  const lab = instanceOf(['  difficulty: 1\n', '  difficulty: 1\n  needs: [nodes, audit]\n']);
  expect(reasonsOfNeeds(lab)).toEqual([
    { need: 'audit', because: 'the lab says so' },
    { need: 'nodes', because: 'the solution asks for it' },
  ]);
});

test('a node is told by its base name, whatever it is called', () => {
  const instance = instanceOf(
    ...PLAIN,
    ['task: Do it.', 'task: Do it on {{node}}.'],
    ['  world:\n', '  variants:\n    node: {oneOf: [kd-7-node2]}\n  world:\n    hosts: {node02: kd-7-node2}\n'],
  );
  expect(reasonsOfNeeds(instance)).toEqual([{ need: 'nodes', because: 'the task names node02' }]);
});
