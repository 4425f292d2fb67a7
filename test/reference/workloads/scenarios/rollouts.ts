import { CALM, give, node, patch, placing, remove, type Scenario, scenario, wait } from '../scenario.js';

const SELECTOR = 'selector: {matchLabels: {app: web}}';
const TEMPLATE = 'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}';
const statefulSet = (spec: string): string =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {serviceName: web, ${spec}, ${SELECTOR}, ${TEMPLATE}}}`;
const daemonSet = (spec: string): string =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: web}, spec: {${spec}${SELECTOR}, ${TEMPLATE}}}`;
const deployment = (spec: string): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {${spec}, ${SELECTOR}, ${TEMPLATE}}}`;
const controller = (spec: string): string =>
  `{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {${spec}, selector: {app: web}, ${TEMPLATE}}}`;
const podOf = (name: string, labels: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: ${labels}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}`;
const image = (tag: string): string => `{spec: {template: {spec: {containers: [{name: c, image: "nginx:${tag}"}]}}}}`;
const PLAY = (how: string): string => `{spec: {template: {metadata: {annotations: {play: ${how}}}}}}`;
const SETS = 'statefulsets web';
const DAEMONS = 'daemonsets web';
const DEPLOYMENTS = 'deployments web';

const STATEFUL: readonly Scenario[] = [
  scenario(
    'stateful: a pod that is evicted',
    give(statefulSet('replicas: 2')),
    CALM,
    patch('pods web-0', '{status: {phase: Failed, reason: Evicted}}', 'status'),
    CALM,
  ),
  scenario(
    'stateful: a new template and more pods at once',
    give(statefulSet('replicas: 2')),
    CALM,
    patch(SETS, `{spec: {replicas: 4, template: {spec: {containers: [{name: c, image: "nginx:1.28"}]}}}}`),
    CALM,
  ),
  scenario(
    'stateful: more pods above and below a partition',
    give(statefulSet('replicas: 1, updateStrategy: {rollingUpdate: {partition: 2}}')),
    CALM,
    patch(SETS, image('1.28')),
    CALM,
    patch(SETS, '{spec: {replicas: 4}}'),
    CALM,
    remove('pods web-0'),
    CALM,
  ),
  scenario(
    'stateful: all at once, rolling',
    give(statefulSet('replicas: 2, podManagementPolicy: Parallel')),
    CALM,
    patch(SETS, image('1.28')),
    CALM,
    patch(SETS, PLAY('unready')),
    CALM,
    patch(SETS, '{spec: {replicas: 3}}'),
    CALM,
  ),
  scenario(
    'stateful: back to an earlier template',
    give(statefulSet('replicas: 2')),
    CALM,
    patch(SETS, image('1.28')),
    CALM,
    patch(SETS, image('1.27')),
    CALM,
  ),
  scenario(
    'stateful: stuck in a broken template, and mended',
    give(statefulSet('replicas: 2')),
    CALM,
    patch(SETS, PLAY('unready')),
    CALM,
    patch(SETS, PLAY('null')),
    CALM,
    remove('pods web-1'),
    CALM,
  ),
  scenario(
    'stateful: few revisions',
    give(statefulSet('replicas: 1, revisionHistoryLimit: 1')),
    CALM,
    patch(SETS, image('1.28')),
    CALM,
    patch(SETS, image('1.29')),
    CALM,
    patch(SETS, image('1.30')),
    CALM,
  ),
  scenario(
    'stateful: other numbers',
    give(statefulSet('replicas: 2')),
    CALM,
    patch(SETS, '{spec: {ordinals: {start: 1}}}'),
    CALM,
  ),
  scenario(
    'stateful: orphans, which a new set adopts',
    give(statefulSet('replicas: 2')),
    CALM,
    remove(SETS, { propagationPolicy: 'Orphan' }),
    CALM,
    give(statefulSet('replicas: 2')),
    CALM,
  ),
  scenario(
    'stateful: deleted with all it has',
    give(statefulSet('replicas: 2')),
    CALM,
    remove(SETS, { propagationPolicy: 'Foreground' }),
    CALM,
  ),
  scenario(
    'stateful: a pod whose name is taken',
    give(podOf('web-1', '{app: other}')),
    CALM,
    give(statefulSet('replicas: 2')),
    wait(2),
    CALM,
    remove('pods web-1'),
    wait(2),
    CALM,
  ),
  scenario(
    'stateful: a pod that was there and fits',
    give(podOf('web-0', '{app: web}')),
    CALM,
    give(statefulSet('replicas: 1')),
    CALM,
  ),
  scenario(
    'stateful: a pod that loses its label',
    give(statefulSet('replicas: 2')),
    CALM,
    patch('pods web-1', '{metadata: {labels: {app: other}}}'),
    wait(2),
    CALM,
  ),
  scenario(
    'stateful: a shrinking set with a pod that is not ready',
    give(statefulSet('replicas: 3, updateStrategy: {type: OnDelete}')),
    CALM,
    patch('pods web-1', '{status: {conditions: [{type: Ready, status: "False"}]}}', 'status'),
    CALM,
    patch(SETS, '{spec: {replicas: 1}}'),
    CALM,
  ),
  scenario(
    'stateful: rolling with minReadySeconds',
    give(statefulSet('replicas: 2, minReadySeconds: 2')),
    wait(6),
    CALM,
    patch(SETS, image('1.28')),
    wait(8),
    CALM,
  ),
  scenario(
    'stateful: a quota that is in the way',
    give('{apiVersion: v1, kind: ResourceQuota, metadata: {name: few}, spec: {hard: {pods: "1"}}}'),
    CALM,
    give(statefulSet('replicas: 2')),
    wait(1),
    patch('resourcequotas few', '{spec: {hard: {pods: "5"}}}'),
    wait(3),
    CALM,
  ),
];

const DAEMON: readonly Scenario[] = [
  scenario(
    'daemon: back to an earlier template',
    give(daemonSet('')),
    CALM,
    patch(DAEMONS, image('1.28')),
    CALM,
    patch(DAEMONS, image('1.27')),
    CALM,
  ),
  scenario(
    'daemon: stuck in a broken template, and mended',
    give(daemonSet('')),
    CALM,
    patch(DAEMONS, PLAY('unready')),
    CALM,
    patch(DAEMONS, PLAY('null')),
    CALM,
  ),
  scenario(
    'daemon: surge into a broken template, and back',
    give(daemonSet('updateStrategy: {rollingUpdate: {maxSurge: "100%", maxUnavailable: 0}}, ')),
    CALM,
    patch(DAEMONS, PLAY('unready')),
    CALM,
    patch(DAEMONS, PLAY('null')),
    CALM,
  ),
  scenario(
    'daemon: all at once',
    give(daemonSet('updateStrategy: {rollingUpdate: {maxUnavailable: "100%"}}, ')),
    CALM,
    patch(DAEMONS, image('1.28')),
    CALM,
  ),
  scenario(
    'daemon: with minReadySeconds',
    give(daemonSet('minReadySeconds: 2, ')),
    wait(4),
    CALM,
    patch(DAEMONS, image('1.28')),
    wait(8),
    CALM,
  ),
  scenario(
    'daemon: orphans, which a new set adopts',
    give(daemonSet('')),
    CALM,
    remove(DAEMONS, { propagationPolicy: 'Orphan' }),
    CALM,
    give(daemonSet('')),
    CALM,
  ),
  scenario(
    'daemon: a pod that is done',
    give(daemonSet('')),
    CALM,
    patch('pods web-#1', '{status: {phase: Succeeded}}', 'status'),
    CALM,
  ),
  placing(
    'daemon: nodes get taints and labels',
    [node('n1'), node('n2')],
    give(daemonSet('')),
    CALM,
    patch('nodes n1', '{spec: {taints: [{key: a, effect: NoSchedule}]}}'),
    CALM,
    patch('nodes n1', '{spec: {taints: [{key: a, effect: NoExecute}]}}'),
    CALM,
    patch('nodes n1', '{spec: {taints: null}}'),
    CALM,
    patch('nodes n2', '{spec: {unschedulable: true}}'),
    CALM,
  ),
];

const OTHERS: readonly Scenario[] = [
  scenario(
    'controller: one pod adopted, one let go',
    give(podOf('found', '{app: web}')),
    CALM,
    give(controller('replicas: 2')),
    CALM,
    patch('pods found', '{metadata: {labels: {app: other}}}'),
    CALM,
  ),
  scenario('controller: with minReadySeconds', give(controller('replicas: 2, minReadySeconds: 3')), wait(5), CALM),
  scenario(
    'rolling: a third template before the second is there',
    give(deployment('replicas: 3')),
    CALM,
    patch(DEPLOYMENTS, PLAY('unready')),
    CALM,
    patch(DEPLOYMENTS, image('1.29')),
    CALM,
    patch(DEPLOYMENTS, PLAY('null')),
    CALM,
  ),
  scenario(
    'rolling: back from a broken template',
    give(deployment('replicas: 3')),
    CALM,
    patch(DEPLOYMENTS, PLAY('unready')),
    CALM,
    patch(DEPLOYMENTS, PLAY('null')),
    CALM,
  ),
  scenario(
    'rolling: no history',
    give(deployment('replicas: 1, revisionHistoryLimit: 0')),
    CALM,
    patch(DEPLOYMENTS, image('1.28')),
    CALM,
  ),
  scenario(
    'rolling: paused in the middle, scaled, and on',
    give(deployment('replicas: 3, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}')),
    CALM,
    patch(DEPLOYMENTS, PLAY('unready')),
    CALM,
    patch(DEPLOYMENTS, '{spec: {paused: true}}'),
    CALM,
    patch(DEPLOYMENTS, '{spec: {replicas: 1}}'),
    CALM,
    patch(DEPLOYMENTS, '{spec: {paused: false, template: {metadata: {annotations: {play: null}}}}}'),
    CALM,
  ),
  scenario(
    'rolling: a set that was there and fits',
    give(
      `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: found, labels: {app: web}}, spec: {replicas: 2, ${SELECTOR}, ${TEMPLATE}}}`,
    ),
    CALM,
    give(deployment('replicas: 2')),
    CALM,
  ),
  scenario(
    'rolling: with minReadySeconds and a deadline',
    give(deployment('replicas: 2, minReadySeconds: 3, progressDeadlineSeconds: 5')),
    wait(5),
    CALM,
    patch(DEPLOYMENTS, image('1.28')),
    wait(10),
    CALM,
  ),
];

/** How sets and deployments get from one template to another, and what is in their way. */
export const ROLLOUTS: readonly Scenario[] = [...STATEFUL, ...DAEMON, ...OTHERS];
