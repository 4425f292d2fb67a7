import { CALM, give, node, patch, placing, remove, type Scenario, wait } from '../scenario.js';

const pod = (name: string, requests: string, spec = '', meta = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, ${meta}}, spec: {${spec}containers: [{name: c, image: "nginx:1.27", resources: {requests: ${requests}}}]}}`;
const priority = (name: string, value: number): string =>
  `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: ${value}}`;
const CLASSES = give([priority('p1', 10), priority('p2', 20), priority('p3', 30)].join('\n---\n'));
const APART = (app: string): string =>
  `affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: ${app}}}}]}}, `;

/** Who has to make room for whom. */
export const PREEMPTION: readonly Scenario[] = [
  placing(
    'room is made by two small ones rather than a great one',
    [node('n1'), node('n2')],
    CLASSES,
    give(pod('great', '{cpu: "4"}', 'priorityClassName: p1, nodeName: n1, ')),
    give(
      [pod('small1', '{cpu: "2"}', 'nodeName: n2, '), pod('small2', '{cpu: "2"}', 'nodeName: n2, ')].join('\n---\n'),
    ),
    CALM,
    give(pod('high', '{cpu: "3"}', 'priorityClassName: p3, ')),
    CALM,
  ),
  placing(
    'no more go than have to, the least important first',
    [node('n1')],
    CLASSES,
    give(
      [
        pod('low', '{cpu: "1"}'),
        pod('middle', '{cpu: "1"}', 'priorityClassName: p1, '),
        pod('upper', '{cpu: "2"}', 'priorityClassName: p2, '),
      ].join('\n---\n'),
    ),
    CALM,
    give(pod('high', '{cpu: "1500m"}', 'priorityClassName: p3, ')),
    CALM,
  ),
  placing(
    'a pod of the same priority stays',
    [node('n1')],
    CLASSES,
    give(pod('first', '{cpu: "3"}', 'priorityClassName: p2, ')),
    CALM,
    give(pod('second', '{cpu: "3"}', 'priorityClassName: p2, ')),
    CALM,
    give(pod('third', '{cpu: "3"}', 'priorityClassName: p1, ')),
    CALM,
  ),
  placing(
    'a port is made free',
    [node('n1')],
    CLASSES,
    give(
      pod('low', '{}').replace(
        'image: "nginx:1.27"',
        'image: "nginx:1.27", ports: [{containerPort: 80, hostPort: 80}]',
      ),
    ),
    CALM,
    give(
      pod('high', '{}', 'priorityClassName: p1, ').replace(
        'image: "nginx:1.27"',
        'image: "nginx:1.27", ports: [{containerPort: 80, hostPort: 80}]',
      ),
    ),
    CALM,
  ),
  placing(
    'somebody who keeps others away is pushed out',
    [node('n1'), node('n2', { taints: [{ key: 'for', value: 'others', effect: 'NoSchedule' }] })],
    CLASSES,
    give(pod('low', '{}', APART('web'))),
    CALM,
    give(pod('high', '{}', 'priorityClassName: p1, ', 'labels: {app: web}')),
    CALM,
  ),
  placing(
    'nobody is pushed out where it would not help',
    [node('n1'), node('n2', { taints: [{ key: 'for', value: 'others', effect: 'NoSchedule' }] })],
    CLASSES,
    give(pod('low', '{cpu: "3"}')),
    CALM,
    give(pod('high', '{cpu: "3"}', 'priorityClassName: p1, nodeSelector: {disk: ssd}, ')),
    give(pod('huge', '{cpu: "30"}', 'priorityClassName: p1, ')),
    give(
      pod(
        'near',
        '{}',
        'priorityClassName: p1, affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: none}}}]}}, ',
      ),
    ),
    CALM,
  ),
  placing(
    'a spread is made possible by pushing out',
    [node('n1', { labels: { rack: 'x' } }), node('n2', { labels: { rack: 'y' }, allocatable: { pods: '0' } })],
    CLASSES,
    give(pod('low', '{}', '', 'labels: {app: web}')),
    CALM,
    give(
      pod(
        'high',
        '{}',
        'priorityClassName: p1, topologySpreadConstraints: [{maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}], ',
        'labels: {app: web}',
      ),
    ),
    CALM,
  ),
  placing(
    'higher pods of a set come first',
    [node('n1')],
    CLASSES,
    patch('nodes n1', '{spec: {unschedulable: true}}'),
    wait(2),
    give([pod('low', '{cpu: "3"}'), pod('high', '{cpu: "3"}', 'priorityClassName: p2, ')].join('\n---\n')),
    CALM,
    patch('nodes n1', '{spec: {unschedulable: false}}'),
    wait(12),
    CALM,
  ),
  placing(
    'a default priority',
    [node('n1')],
    give(`${priority('usual', 7).slice(0, -1)}, globalDefault: true}`),
    give(pod('a', '{cpu: "3"}')),
    CALM,
    remove('priorityclasses usual'),
    give(pod('b', '{cpu: "3"}')),
    CALM,
  ),
];
