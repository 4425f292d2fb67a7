import {
  CPU,
  LOOK,
  LOOKS,
  OF_CONTAINER,
  OF_PODS,
  OF_QUEUE,
  OF_SERVICE,
  ONE_CONTAINER,
  scaler,
  scaling,
  web,
} from '../autoscalers.js';
import { CALM, give, measure, patch, type Scenario, type Step } from '../scenario.js';

const TWO =
  'terminationGracePeriodSeconds: 0, containers: [{name: c, image: "nginx:1.27", resources: {requests: {cpu: 100m}}}, {name: side, image: "nginx:1.27", resources: {requests: {cpu: 50m}}}]';
const WITHOUT_REQUESTS = 'terminationGracePeriodSeconds: 0, containers: [{name: c, image: "nginx:1.27"}]';
const MEMORY = '{type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 100Mi}}}';
const PER_POD = (metric: string): string => metric.replace(/type: Value, value:/, 'type: AverageValue, averageValue:');
const SERVICE =
  '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}], selector: {app: web}}}';

/** What each container of each pod uses. */
const all = (cpu: string, memory = '64Mi'): Step => measure({ pods: { '*': { cpu, memory } } });
const behavior = (more: string): string => `behavior: {${more}}`;

function measured(title: string, ...steps: Step[]): Scenario {
  return { ...scaling(title, ...steps), metrics: true };
}

const BY_USE: readonly Scenario[] = [
  measured('what is wanted is used', web(2), all('50m'), scaler(CPU), ...LOOK),
  measured('nearly what is wanted is used', web(2), all('54m'), scaler(CPU), ...LOOK),
  measured('up as far as may be', web(1), all('400m'), scaler(CPU), ...LOOK, ...LOOKS),
  measured('up step by step', web(1), all('1'), scaler(CPU, 'maxReplicas: 12'), ...LOOK, ...LOOKS),
  measured(
    'up, and down when it has been quiet',
    web(2),
    all('100m'),
    scaler(CPU),
    ...LOOKS,
    all('10m'),
    ...LOOKS,
    ...LOOK,
  ),
  measured('memory', web(2), all('10m', '150Mi'), scaler(MEMORY), ...LOOK),
  measured('the larger of two wins', web(2), all('60m', '200Mi'), scaler(`${CPU}, ${MEMORY}`), ...LOOKS),
  measured('one of two is not served, up', web(2), all('100m'), scaler(`${CPU}, ${OF_PODS}`), ...LOOKS),
  measured('one of two is not served, not down', web(3), all('10m'), scaler(`${CPU}, ${OF_PODS}`), ...LOOKS),
  measured('pods that ask for nothing', web(1, { pod: WITHOUT_REQUESTS }), all('100m'), scaler(CPU), ...LOOK),
  measured('pods that nobody has measured', web(2), measure({}), scaler(CPU), ...LOOK, all('50m'), ...LOOK),
  measured(
    'pods of which something else is measured',
    web(1),
    measure({ pods: { '*': { memory: '1Mi' } } }),
    scaler(CPU),
    ...LOOK,
  ),
  measured(
    'a pod that nobody has measured',
    web(3),
    CALM,
    measure({ pods: { 'web-#1-#1': { cpu: '100m', memory: '1Mi' }, 'web-#1-#2': { cpu: '100m', memory: '1Mi' } } }),
    scaler(CPU),
    ...LOOK,
    ...LOOK,
  ),
  measured('pods that are not ready', web(2, { annotations: 'play: unready' }), all('200m'), scaler(CPU), ...LOOK),
  measured(
    'a container',
    web(2, { pod: TWO }),
    measure({ pods: { '*': { cpu: '20m', 'cpu@c': '100m' } } }),
    scaler(OF_CONTAINER),
    ...LOOK,
  ),
  measured(
    'a container that is not there',
    web(1),
    all('50m'),
    scaler(OF_CONTAINER.replace('container: c', 'container: other')),
    ...LOOK,
  ),
  measured('several containers', web(2, { pod: TWO }), all('75m'), scaler(CPU), ...LOOK),
];

const BY_OTHERS: readonly Scenario[] = [
  measured('a metric of pods', web(2), measure({ podMetrics: { requests: { '*': '20' } } }), scaler(OF_PODS), ...LOOK),
  measured('a metric of pods that is not there', web(2), measure({}), scaler(OF_PODS), ...LOOK),
  measured(
    'a metric of pods in thousandths',
    web(2),
    measure({ podMetrics: { requests: { '*': '10500m' } } }),
    scaler(OF_PODS),
    ...LOOK,
  ),
  measured(
    'a metric of a service',
    give(SERVICE),
    web(2),
    measure({ objects: { 'services web hits': '180' } }),
    scaler(OF_SERVICE),
    ...LOOK,
  ),
  measured(
    'a metric of a service for each pod',
    give(SERVICE),
    web(2),
    measure({ objects: { 'services web hits': '450' } }),
    scaler(PER_POD(OF_SERVICE)),
    ...LOOK,
  ),
  measured('a metric of a service that is not there', web(1), measure({}), scaler(OF_SERVICE), ...LOOK),
  measured('a metric of a queue', web(2), measure({ external: { waiting: ['20', '25'] } }), scaler(OF_QUEUE), ...LOOK),
  measured(
    'a metric of a queue for each pod',
    web(2),
    measure({ external: { waiting: ['100'] } }),
    scaler(PER_POD(OF_QUEUE)),
    ...LOOK,
  ),
  measured('a metric of a queue that is not there', web(1), measure({}), scaler(OF_QUEUE), ...LOOK),
  measured('a queue that is empty', web(3), measure({ external: { waiting: ['0'] } }), scaler(OF_QUEUE), ...LOOKS),
];

const BY_RULES: readonly Scenario[] = [
  measured(
    'one more in a minute',
    web(1),
    all('400m'),
    scaler(CPU, behavior('scaleUp: {policies: [{type: Pods, value: 1, periodSeconds: 60}]}')),
    ...LOOK,
    ...LOOK,
  ),
  measured(
    'the least of two rules',
    web(2),
    all('400m'),
    scaler(
      CPU,
      behavior(
        'scaleUp: {selectPolicy: Min, policies: [{type: Pods, value: 2, periodSeconds: 120}, {type: Percent, value: 50, periodSeconds: 120}]}',
      ),
    ),
    ...LOOK,
  ),
  measured('never up', web(2), all('400m'), scaler(CPU, behavior('scaleUp: {selectPolicy: Disabled}')), ...LOOK),
  measured(
    'up when it has been so for a while',
    web(2),
    all('200m'),
    scaler(CPU, behavior('scaleUp: {stabilizationWindowSeconds: 25}')),
    ...LOOK,
    ...LOOKS,
  ),
  measured(
    'down at once',
    web(4),
    all('10m'),
    scaler(CPU, behavior('scaleDown: {stabilizationWindowSeconds: 0}')),
    ...LOOK,
  ),
  measured(
    'one fewer in a minute',
    web(4),
    all('10m'),
    scaler(
      CPU,
      behavior('scaleDown: {stabilizationWindowSeconds: 0, policies: [{type: Pods, value: 1, periodSeconds: 60}]}'),
    ),
    ...LOOK,
    ...LOOK,
  ),
  measured('never down', web(4), all('10m'), scaler(CPU, behavior('scaleDown: {selectPolicy: Disabled}')), ...LOOKS),
  measured('a tolerance of its own', web(2), all('60m'), scaler(CPU, behavior('scaleUp: {tolerance: "0.3"}')), ...LOOK),
  measured(
    'never fewer than the least',
    web(3),
    all('1m'),
    scaler(CPU, `minReplicas: 2, ${behavior('scaleDown: {stabilizationWindowSeconds: 0}')}`),
    ...LOOK,
    patch('horizontalpodautoscalers web', '{spec: {minReplicas: 1}}'),
    ...LOOK,
  ),
  measured(
    'scaled by hand meanwhile',
    web(2, { pod: ONE_CONTAINER }),
    all('50m'),
    scaler(CPU),
    ...LOOK,
    patch('deployments web', '{spec: {replicas: 4}}'),
    all('25m'),
    ...LOOKS,
  ),
];

/** Autoscalers where metrics are served. */
export const SCALING_MEASURED: readonly Scenario[] = [...BY_USE, ...BY_OTHERS, ...BY_RULES];
