import type { KubeObject } from '../../../../src/sim/api/object.js';
import { CALM, give, node, patch, placing, remove, type Scenario, wait } from '../scenario.js';

const pod = (name: string, spec = '', meta = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, ${meta}}, spec: {${spec}containers: [{name: c, image: "nginx:1.27"}]}}`;
const asking = (name: string, requests: string, spec = '', meta = ''): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, ${meta}}, spec: {${spec}containers: [{name: c, image: "nginx:1.27", resources: {requests: ${requests}}}]}}`;
const priority = (name: string, value: number, more = ''): string =>
  `{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: ${name}}, value: ${value}${more}}`;
const NO_SCHEDULE = { key: 'for', value: 'others', effect: 'NoSchedule' };
const zone = (name: string, where: string): KubeObject =>
  node(name, { labels: { 'topology.kubernetes.io/zone': where } });
const spread = (skew: number, key: string, when: string): string =>
  `topologySpreadConstraints: [{maxSkew: ${skew}, topologyKey: ${key}, whenUnsatisfiable: ${when}, labelSelector: {matchLabels: {app: web}}}], `;
const ZONE = 'topology.kubernetes.io/zone';
/** Of equal nodes any may be chosen; where it matters, the first. */
const ON_FIRST = 'nodeSelector: {kubernetes.io/hostname: n1}, ';
const WEB = 'labels: {app: web}';
const affinity = (kind: string, label: string, key = 'kubernetes.io/hostname'): string =>
  `affinity: {${kind}: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: ${key}, labelSelector: {matchLabels: {app: ${label}}}}]}}, `;

/** Where pods go, and what is said when they go nowhere. */
export const PLACEMENT: readonly Scenario[] = [
  placing('no node at all', [], give(pod('a')), CALM),
  placing(
    'a selector that no node fits',
    [node('n1'), node('n2')],
    give(pod('a', 'nodeSelector: {disk: ssd}, ')),
    CALM,
    patch('nodes n2', '{metadata: {labels: {disk: ssd}}}'),
    wait(3),
    CALM,
  ),
  placing('a node by its name', [node('n1'), node('n2')], give(pod('a', 'nodeName: n2, ')), CALM),
  placing(
    'a taint, and a pod that bears it',
    [node('n1', { taints: [NO_SCHEDULE] })],
    give(pod('a')),
    CALM,
    give(pod('b', 'tolerations: [{key: for, operator: Exists}], ')),
    CALM,
  ),
  placing(
    'a cordoned node',
    [node('n1')],
    patch('nodes n1', '{spec: {unschedulable: true}}'),
    wait(2),
    give(pod('a')),
    CALM,
    patch('nodes n1', '{spec: {unschedulable: false}}'),
    wait(3),
    CALM,
  ),
  placing(
    'not enough of anything',
    [node('n1'), node('n2', { allocatable: { memory: '1Gi' } })],
    give(asking('a', '{cpu: "5", memory: 2Gi}')),
    CALM,
  ),
  placing(
    'several reasons at once',
    [
      node('n1', { taints: [NO_SCHEDULE] }),
      node('n2'),
      node('n3', { labels: { disk: 'ssd' }, allocatable: { cpu: '1' } }),
    ],
    give(asking('a', '{cpu: "2"}', 'nodeSelector: {disk: ssd}, ')),
    CALM,
  ),
  placing(
    'too many pods',
    [node('n1', { allocatable: { pods: '1' } })],
    give(pod('a')),
    CALM,
    give(pod('b')),
    CALM,
    remove('pods a'),
    wait(3),
    CALM,
  ),
  placing(
    'an extended resource',
    [node('n1', { allocatable: { 'example.com/gpu': '1' } }), node('n2')],
    give(asking('a', '{}').replace('requests: {}', 'limits: {example.com/gpu: 1}')),
    CALM,
    give(asking('b', '{}').replace('requests: {}', 'limits: {example.com/gpu: 1}')),
    CALM,
  ),
  placing(
    'a host port that is taken',
    [node('n1')],
    give(pod('a').replace('image: "nginx:1.27"', 'image: "nginx:1.27", ports: [{containerPort: 80, hostPort: 8080}]')),
    CALM,
    give(pod('b').replace('image: "nginx:1.27"', 'image: "nginx:1.27", ports: [{containerPort: 80, hostPort: 8080}]')),
    CALM,
  ),
  placing(
    'a gate',
    [node('n1')],
    give(pod('a', 'schedulingGates: [{name: example.com/wait}], ')),
    CALM,
    patch('pods a', '{spec: {schedulingGates: []}}'),
    CALM,
  ),
  placing('a scheduler that is not there', [node('n1')], give(pod('a', 'schedulerName: mine, ')), CALM),
  placing(
    'a node by its affinity',
    [node('n1', { labels: { disk: 'ssd' } }), node('n2')],
    give(
      pod(
        'a',
        'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: NotIn, values: [ssd]}]}]}}}, ',
      ),
    ),
    CALM,
    give(
      pod(
        'b',
        'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: In, values: [tape]}]}]}}}, ',
      ),
    ),
    CALM,
  ),
  placing(
    'a preferred node',
    [node('n1'), node('n2', { labels: { disk: 'ssd' } })],
    give(
      pod(
        'a',
        'affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 100, preference: {matchExpressions: [{key: disk, operator: In, values: [ssd]}]}}]}}, ',
      ),
    ),
    CALM,
  ),
  placing(
    'pods that keep apart',
    [node('n1'), node('n2')],
    give(pod('a', ON_FIRST + affinity('podAntiAffinity', 'web'), WEB)),
    CALM,
    give(pod('b', affinity('podAntiAffinity', 'web'), WEB)),
    CALM,
    give(pod('c', affinity('podAntiAffinity', 'web'), WEB)),
    CALM,
  ),
  placing(
    'a pod that somebody keeps away',
    [node('n1')],
    give(pod('a', affinity('podAntiAffinity', 'web'))),
    CALM,
    give(pod('b', '', WEB)),
    CALM,
  ),
  placing(
    'pods that stay together',
    [node('n1'), node('n2')],
    give(pod('a', affinity('podAffinity', 'web'))),
    CALM,
    give(pod('b', ON_FIRST, WEB)),
    wait(3),
    CALM,
  ),
  placing(
    'pods spread over zones',
    [zone('n1', 'x'), zone('n2', 'y')],
    give(pod('a', ON_FIRST + spread(1, ZONE, 'DoNotSchedule'), WEB)),
    CALM,
    give(pod('b', spread(1, ZONE, 'DoNotSchedule'), WEB)),
    CALM,
    patch('nodes n2', '{spec: {unschedulable: true}}'),
    wait(2),
    give(pod('c', spread(1, ZONE, 'DoNotSchedule'), WEB)),
    CALM,
    give(pod('d', spread(1, ZONE, 'DoNotSchedule'), WEB)),
    CALM,
  ),
  placing(
    'a spread over a label that no node has',
    [node('n1')],
    give(pod('a', spread(1, 'rack', 'DoNotSchedule'), WEB)),
    CALM,
  ),
  placing(
    'a pod that pushes another out',
    [node('n1')],
    give(priority('high', 1000)),
    give(asking('low', '{cpu: "3"}')),
    CALM,
    give(asking('high', '{cpu: "3"}', 'priorityClassName: high, ')),
    CALM,
  ),
  placing(
    'a pod that may not push others out',
    [node('n1')],
    give(priority('meek', 1000, ', preemptionPolicy: Never')),
    give(asking('low', '{cpu: "3"}')),
    CALM,
    give(asking('high', '{cpu: "3"}', 'priorityClassName: meek, ')),
    CALM,
  ),
  placing(
    'a pod too large for anybody to make room',
    [node('n1')],
    give(priority('huge', 1000)),
    give(asking('low', '{cpu: "3"}')),
    CALM,
    give(asking('high', '{cpu: "9"}', 'priorityClassName: huge, ')),
    CALM,
  ),
  placing(
    'the fewest budgets are hurt',
    [node('n1'), node('n2')],
    give(priority('top', 1000)),
    give(asking('guarded', '{cpu: "3"}', 'nodeName: n1, ', WEB)),
    give(asking('free', '{cpu: "3"}', 'nodeName: n2, ')),
    give(
      '{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}}',
    ),
    CALM,
    give(asking('high', '{cpu: "3"}', 'priorityClassName: top, ')),
    CALM,
  ),
  placing(
    'a taint that drives pods out',
    [node('n1'), node('n2', { taints: [NO_SCHEDULE] })],
    give(pod('a')),
    give(pod('b', 'tolerations: [{key: out, operator: Exists, tolerationSeconds: 3}], ')),
    CALM,
    patch('nodes n1', '{spec: {taints: [{key: out, effect: NoExecute}]}}'),
    wait(6),
    CALM,
  ),
  placing(
    'a node that is deleted',
    [node('n1'), node('n2', { taints: [NO_SCHEDULE] })],
    give(pod('a')),
    CALM,
    remove('nodes n1'),
    wait(45),
    CALM,
  ),
];
