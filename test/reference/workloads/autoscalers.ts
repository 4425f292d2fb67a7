import { CALM, give, type Scenario, type Step, scenario, wait } from './scenario.js';

export const ONE_CONTAINER =
  'containers: [{name: c, image: "nginx:1.27", resources: {requests: {cpu: 100m, memory: 100Mi}}}], terminationGracePeriodSeconds: 0';

/** A workload `web` whose pods ask for a tenth of a CPU. */
export function web(
  replicas: number,
  { kind = 'Deployment', name = 'web', pod = ONE_CONTAINER, annotations = '' } = {},
): Step {
  const extra = kind === 'StatefulSet' ? 'serviceName: web, podManagementPolicy: Parallel, ' : '';
  const template = `{metadata: {labels: {app: web}, annotations: {${annotations}}}, spec: {${pod}}}`;
  return give(
    `{apiVersion: apps/v1, kind: ${kind}, metadata: {name: ${name}}, spec: {${extra}replicas: ${replicas}, selector: {matchLabels: {app: web}}, template: ${template}}}`,
  );
}

/** An autoscaler from one to five replicas, by metrics; what follows them goes into its spec. */
export function scaler(metrics: string, more = '', name = 'web'): Step {
  const target = more.includes('scaleTargetRef:') ? '' : `${targeting('apps/v1', 'Deployment')}, `;
  const most = more.includes('maxReplicas:') ? '' : 'maxReplicas: 5, ';
  const measured = metrics === '' ? '' : `metrics: [${metrics}], `;
  return give(
    `{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: ${name}}, spec: {${target}${most}${measured}${more}}}`,
  );
}

export const targeting = (apiVersion: string, kind: string, name = 'web'): string =>
  `scaleTargetRef: {apiVersion: ${apiVersion}, kind: ${kind}, name: ${name}}`;

export const CPU = '{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}';
export const OF_CONTAINER =
  '{type: ContainerResource, containerResource: {name: cpu, container: c, target: {type: Utilization, averageUtilization: 50}}}';
export const OF_PODS =
  '{type: Pods, pods: {metric: {name: requests}, target: {type: AverageValue, averageValue: "10"}}}';
export const OF_SERVICE =
  '{type: Object, object: {metric: {name: hits}, describedObject: {apiVersion: v1, kind: Service, name: web}, target: {type: Value, value: "100"}}}';
export const OF_QUEUE = '{type: External, external: {metric: {name: waiting}, target: {type: Value, value: "30"}}}';

/** The autoscaler looks every fifteen seconds, the first time so long after it is made. */
export const LOOK: readonly Step[] = [wait(17), CALM];
export const LOOKS: readonly Step[] = [wait(50), CALM];

/** A scenario told by its autoscalers. */
export function scaling(title: string, ...steps: Step[]): Scenario {
  const without = ['Pod', 'ReplicaSet', 'ControllerRevision'];
  return { ...scenario(`scaling: ${title}`, ...steps), also: ['horizontalpodautoscalers'], without };
}
