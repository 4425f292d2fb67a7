import { CALM, evict, give, patch, type Scenario, scenario } from '../scenario.js';

const web = (replicas: number, play = ''): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}, annotations: {${play}}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}`;
const budget = (spec: string): string =>
  `{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {${spec}, selector: {matchLabels: {app: web}}}}`;
const alone =
  '{apiVersion: v1, kind: Pod, metadata: {name: alone, labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}';

/** Budgets, and who is evicted in spite of them. */
export const BUDGETS: readonly Scenario[] = [
  scenario(
    'a budget lets one go and refuses the next',
    give(web(2)),
    give(budget('minAvailable: 1')),
    CALM,
    patch('deployments web', '{spec: {paused: true}}'),
    evict('web-#1-#1'),
    evict('web-#1-#2'),
    CALM,
  ),
  scenario('a budget in per cent', give(web(4)), give(budget('maxUnavailable: "50%"')), CALM),
  scenario(
    'a budget that nobody meets',
    give(web(2, 'play: unready')),
    give(budget('minAvailable: 1')),
    CALM,
    evict('web-#1-#1'),
    CALM,
  ),
  scenario(
    'a budget that always lets unhealthy pods go',
    give(web(2, 'play: unready')),
    give(budget('minAvailable: 1, unhealthyPodEvictionPolicy: AlwaysAllow')),
    CALM,
    evict('web-#1-#1'),
    CALM,
  ),
  scenario('a budget for a pod of nobody', give(alone), give(budget('maxUnavailable: 1')), CALM, evict('alone'), CALM),
  scenario(
    'two budgets for the same pods',
    give(web(2)),
    give(budget('minAvailable: 1')),
    give(budget('minAvailable: 1').replace('name: web', 'name: second')),
    CALM,
    evict('web-#1-#1'),
    CALM,
  ),
  scenario(
    'a budget of a stateful set',
    give(
      '{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {replicas: 3, serviceName: web, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}',
    ),
    CALM,
    give(budget('maxUnavailable: "34%"')),
    CALM,
    evict('web-0'),
    evict('web-1'),
    evict('web-2'),
    CALM,
  ),
  scenario(
    'a budget of a replication controller',
    give(
      '{apiVersion: v1, kind: ReplicationController, metadata: {name: web}, spec: {replicas: 2, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: "nginx:1.27"}]}}}}',
    ),
    CALM,
    give(budget('minAvailable: "50%"')),
    CALM,
  ),
  scenario(
    'a budget of what has no scale',
    give(
      '{apiVersion: batch/v1, kind: Job, metadata: {name: sum}, spec: {template: {metadata: {labels: {app: web}}, spec: {restartPolicy: Never, containers: [{name: c, image: "busybox:1.36"}]}}}}',
    ),
    CALM,
    give(budget('maxUnavailable: 1')),
    CALM,
    evict('sum-#1'),
    CALM,
  ),
];
