import { alone, CALM, give, patch, remove, type Scenario, scenario, wait } from '../scenario.js';

const TEMPLATE = 'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}';
const SELECTOR = 'selector: {matchLabels: {app: web}}';
const NEWER = '{spec: {template: {spec: {containers: [{name: c, image: "nginx:1.28"}]}}}}';

const replicaSet = (spec: string): string =>
  `{apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web}, spec: {${spec}, ${SELECTOR}, ${TEMPLATE}}}`;
const controller = (spec: string): string =>
  `{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {${spec}, selector: {app: web}, ${TEMPLATE}}}`;
const daemonSet = (spec = ''): string =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: web}, spec: {${spec}${SELECTOR}, ${TEMPLATE}}}`;
const statefulSet = (spec: string): string =>
  `{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {serviceName: web, ${spec}, ${SELECTOR}, ${TEMPLATE}}}`;
const CLAIM =
  'volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]';
const podOf = (name: string, labels: string): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, labels: ${labels}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}`;

/** Sets of equal pods, without a deployment above them. */
export const SETS: readonly Scenario[] = [
  scenario(
    'a replica set replaces a pod that is deleted',
    give(replicaSet('replicas: 2')),
    CALM,
    remove('pods web-#1'),
    CALM,
  ),
  scenario(
    'a replica set replaces a pod that failed',
    give(replicaSet('replicas: 1')),
    CALM,
    patch('pods web-#1', '{status: {phase: Failed, reason: Evicted}}', 'status'),
    CALM,
  ),
  scenario(
    'a replica set lets a pod go whose labels change',
    give(replicaSet('replicas: 2')),
    CALM,
    patch('pods web-#1', '{metadata: {labels: {app: other}}}'),
    CALM,
  ),
  scenario(
    'a replica set adopts a pod that fits and deletes one too many',
    give(podOf('found', '{app: web}')),
    CALM,
    give(replicaSet('replicas: 1')),
    CALM,
  ),
  scenario(
    'a replication controller',
    give(controller('replicas: 2')),
    CALM,
    patch('replicationcontrollers web', '{spec: {replicas: 1}}'),
    CALM,
    remove('replicationcontrollers web'),
    CALM,
  ),
  scenario(
    'a replication controller that a quota holds back',
    give('{apiVersion: v1, kind: ResourceQuota, metadata: {name: none}, spec: {hard: {pods: "0"}}}'),
    CALM,
    give(controller('replicas: 1')),
    CALM,
  ),
  scenario('a daemon set comes up and rolls', give(daemonSet()), CALM, patch('daemonsets web', NEWER), CALM),
  scenario(
    'a daemon set rolls with surge',
    give(daemonSet('updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}, ')),
    CALM,
    patch('daemonsets web', NEWER),
    CALM,
  ),
  scenario(
    'a daemon set changes pods on deletion only',
    give(daemonSet('updateStrategy: {type: OnDelete}, ')),
    CALM,
    patch('daemonsets web', NEWER),
    CALM,
    remove('pods web-#1'),
    CALM,
  ),
  scenario(
    'a daemon set keeps few revisions',
    give(daemonSet('revisionHistoryLimit: 1, ')),
    CALM,
    patch('daemonsets web', NEWER),
    CALM,
    patch('daemonsets web', '{spec: {template: {spec: {containers: [{name: c, image: "nginx:1.29"}]}}}}'),
    CALM,
  ),
  scenario(
    'a daemon set for no node',
    give(daemonSet()),
    CALM,
    patch('daemonsets web', '{spec: {template: {spec: {nodeSelector: {none: such}}}}}'),
    CALM,
  ),
  scenario(
    'a daemon set replaces a failed pod',
    give(daemonSet()),
    CALM,
    patch('pods web-#1', '{status: {phase: Failed, reason: Evicted}}', 'status'),
    CALM,
  ),
  scenario(
    'a stateful set comes up in order and goes in reverse',
    give(statefulSet('replicas: 3')),
    CALM,
    patch('statefulsets web', '{spec: {replicas: 1}}'),
    CALM,
  ),
  scenario(
    'a stateful set comes up at once',
    give(statefulSet('replicas: 3, podManagementPolicy: Parallel')),
    CALM,
    patch('statefulsets web', '{spec: {replicas: 1}}'),
    CALM,
  ),
  scenario(
    'a stateful set rolls from the end',
    give(statefulSet('replicas: 3')),
    CALM,
    patch('statefulsets web', NEWER),
    CALM,
  ),
  scenario(
    'a stateful set rolls down to a partition',
    give(statefulSet('replicas: 3, updateStrategy: {rollingUpdate: {partition: 2}}')),
    CALM,
    patch('statefulsets web', NEWER),
    CALM,
    patch('statefulsets web', '{spec: {updateStrategy: {rollingUpdate: {partition: 0}}}}'),
    CALM,
  ),
  scenario(
    'a stateful set changes pods on deletion only',
    give(statefulSet('replicas: 2, updateStrategy: {type: OnDelete}')),
    CALM,
    patch('statefulsets web', NEWER),
    CALM,
    remove('pods web-1'),
    CALM,
  ),
  scenario(
    'a stateful set does not go past a pod that is not ready',
    give(statefulSet('replicas: 2')),
    CALM,
    patch('statefulsets web', '{spec: {template: {metadata: {annotations: {play: unready}}}}}'),
    CALM,
    patch('statefulsets web', '{spec: {template: {metadata: {annotations: {play: null}}}}}'),
    CALM,
    remove('pods web-1'),
    CALM,
  ),
  scenario(
    'a stateful set replaces a pod under its name',
    give(statefulSet('replicas: 2')),
    CALM,
    remove('pods web-0'),
    CALM,
  ),
  scenario('a stateful set numbers its pods from five', give(statefulSet('replicas: 2, ordinals: {start: 5}')), CALM),
  alone(
    scenario(
      'a stateful set makes claims and keeps them',
      give(statefulSet(`replicas: 2, ${CLAIM}`)),
      CALM,
      patch('statefulsets web', '{spec: {replicas: 0}}'),
      CALM,
    ),
  ),
  alone(
    scenario(
      'a stateful set deletes the claims of pods that are gone',
      give(
        statefulSet(
          `replicas: 2, podManagementPolicy: Parallel, persistentVolumeClaimRetentionPolicy: {whenScaled: Delete, whenDeleted: Delete}, ${CLAIM}`,
        ),
      ),
      CALM,
      patch('statefulsets web', '{spec: {replicas: 1}}'),
      CALM,
    ),
  ),
  scenario('a stateful set with minReadySeconds', give(statefulSet('replicas: 2, minReadySeconds: 3')), wait(8), CALM),
];
