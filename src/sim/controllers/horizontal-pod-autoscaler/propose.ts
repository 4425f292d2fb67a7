/** What each metric of an autoscaler proposes (horizontal.go: computeReplicasForMetric and what it calls). */

import type { Selector } from '../../api/labels.js';
import { selectorFromObject } from '../../api/labels.js';
import { formatQuantity, milliQuantityOf, parseQuantity, quantityMilliValue } from '../../api/quantity.js';
import type { HorizontalPodAutoscaler, MetricSource, MetricSpec, MetricStatus } from '../../api/types/autoscaling.js';
import type { Pod } from '../../api/types/pod.js';
import type { Waiting } from '../../kernel/wait.js';
import { isExpectedFailure, SyncError } from '../machinery/failures.js';
import { goSelector } from '../machinery/go-selector.js';
import type { Timing } from './group-pods.js';
import { type MetricsClient, worded } from './metrics-client.js';
import type { PodMetrics } from './pod-metrics.js';
import {
  averageReplicas,
  perReplicaReplicas,
  type Question,
  totalReplicas,
  utilizationReplicas,
} from './replica-calculator.js';
import type { Tolerances } from './tolerances.js';

/** What metrics are asked about, and with what. */
export interface Asked {
  readonly autoscaler: HorizontalPodAutoscaler;
  readonly metrics: MetricsClient;
  readonly specReplicas: number;
  readonly statusReplicas: number;
  readonly selector: Selector;
  readonly pods: readonly Pod[];
  readonly tolerances: Tolerances;
  readonly timing: () => Timing;
}

/** Replicas that a metric asks for, how it is called in reasons, and what is told of it. */
export interface MetricProposal {
  readonly replicas: number;
  readonly name: string;
  readonly status: MetricStatus;
}

/** A metric that says nothing. The message is that of the whole sync; events and conditions have words of their own. */
export class MetricError extends Error {
  constructor(
    readonly reason: string,
    readonly why: string,
    message: string,
  ) {
    super(message);
  }
}

type SourceProposal = Omit<MetricProposal, 'status'> & { readonly current: object };

/** The proposal of one metric. Throws `MetricError`. */
export function* propose(asked: Asked, spec: MetricSpec): Waiting<MetricProposal> {
  if (spec.type === 'Resource' && spec.resource) return yield* resource(asked, spec.resource);
  if (spec.type === 'ContainerResource' && spec.containerResource)
    return yield* containerResource(asked, spec.containerResource);
  if (spec.type === 'Pods' && spec.pods) return yield* podsMetric(asked, spec.pods);
  if (spec.type === 'Object' && spec.object) return yield* objectMetric(asked, spec.object);
  if (spec.type === 'External' && spec.external) return yield* externalMetric(asked, spec.external);
  const why = `unknown metric source type "${spec.type ?? ''}"`;
  throw new MetricError('InvalidMetricSourceType', why, why);
}

function* resource(asked: Asked, source: MetricSource): Waiting<MetricProposal> {
  const { name = '' } = source;
  const outer = (why: string) => `failed to get ${name} resource metric value: ${why}`;
  const { current, ...rest } = yield* saying('FailedGetResourceMetric', outer, () => ofResource(asked, source, ''));
  return { ...rest, status: { type: 'Resource', resource: { name, current } } };
}

function* containerResource(asked: Asked, source: MetricSource): Waiting<MetricProposal> {
  const { name = '', container = '' } = source;
  const outer = (why: string) => `failed to get ${container} container metric value: ${why}`;
  const { current, ...rest } = yield* saying('FailedGetContainerResourceMetric', outer, () =>
    ofResource(asked, source, container),
  );
  return { ...rest, status: { type: 'ContainerResource', containerResource: { name, container, current } } };
}

function* ofResource(
  asked: Asked,
  { name = '', target = {} }: MetricSource,
  container: string,
): Waiting<SourceProposal> {
  const { metrics, autoscaler, selector } = asked;
  const { namespace = '' } = autoscaler.metadata;
  const format = name === 'memory' ? 'BinarySI' : 'DecimalSI';
  const measure = () =>
    worded(`unable to get metrics for resource ${name}`, () => metrics.resource(name, namespace, selector, container));
  if (target.averageValue !== undefined) {
    const wanted = milli(target.averageValue);
    const { replicas, average } = yield* worded(`failed to get ${name} usage`, function* () {
      return averageReplicas(question(asked, yield* measure()), wanted, name);
    });
    return { replicas, name: `${name} resource`, current: { averageValue: text(average, format) } };
  }
  const { averageUtilization: percent } = target;
  if (percent === undefined)
    throw new SyncError(
      'invalid resource metric source: neither an average utilization target nor an average value (usage) target was set',
    );
  const proposal = yield* worded(`failed to get ${name} utilization`, function* () {
    return utilizationReplicas(question(asked, yield* measure()), { percent, resource: name, container });
  });
  const what = container === '' ? 'resource' : 'container resource';
  return {
    replicas: proposal.replicas,
    name: `${name} ${what} utilization (percentage of request)`,
    current: { averageUtilization: proposal.percent, averageValue: text(proposal.average, format) },
  };
}

function* podsMetric(asked: Asked, { metric = {}, target = {} }: MetricSource): Waiting<MetricProposal> {
  const { name = '' } = metric;
  const outer = (why: string) => `failed to get pods metric value: ${why}`;
  return yield* saying('FailedGetPodsMetric', outer, function* () {
    const found = yield* worded(`unable to get metric ${name}`, () =>
      asked.metrics.ofPods(wanted(asked, metric), asked.selector),
    );
    const { replicas, average } = averageReplicas(question(asked, found), milli(target.averageValue));
    const current = { averageValue: text(average) };
    return { replicas, name: `pods metric ${name}`, status: { type: 'Pods', pods: { metric, current } } };
  });
}

function* objectMetric(asked: Asked, source: MetricSource): Waiting<MetricProposal> {
  const { metric = {}, target = {}, describedObject = {} } = source;
  const { name = '' } = metric;
  const perReplica = target.type === 'AverageValue' && target.averageValue !== undefined;
  const outer = (why: string) =>
    `failed to get object metric value: ${perReplica ? `failed to get ${name} object metric: ` : ''}${why}`;
  return yield* saying('FailedGetObjectMetric', outer, function* () {
    const told = (current: object): MetricStatus => ({ type: 'Object', object: { metric, current, describedObject } });
    if (!perReplica && !(target.type === 'Value' && target.value !== undefined))
      throw new SyncError('invalid object metric source: neither a value target nor an average value target was set');
    // The real words have their parts in this order, too.
    const where = `${describedObject.kind} on ${asked.autoscaler.metadata.namespace} ${describedObject.name}/`;
    const usage = yield* wordedTogether(`unable to get metric ${name}: ${where}`, () =>
      asked.metrics.ofObject(wanted(asked, metric), describedObject),
    );
    if (!perReplica) {
      const replicas = ofTotal(asked, usage, milli(target.value));
      return { replicas, name: `${describedObject.kind} metric ${name}`, status: told({ value: text(usage) }) };
    }
    const { replicas, average } = ofEach(asked, usage, milli(target.averageValue));
    return { replicas, name: externalName(metric), status: told({ averageValue: text(average) }) };
  });
}

function* externalMetric(asked: Asked, { metric = {}, target = {} }: MetricSource): Waiting<MetricProposal> {
  const { name = '', selector } = metric;
  const perReplica = target.averageValue !== undefined;
  const isValid = perReplica || target.value !== undefined;
  const inner = perReplica ? `failed to get ${name} external metric: ` : `failed to get external metric ${name}: `;
  const outer = (why: string) => `failed to get ${name} external metric value: ${isValid ? inner : ''}${why}`;
  return yield* saying('FailedGetExternalMetric', outer, function* () {
    if (!isValid)
      throw new SyncError('invalid external metric source: neither a value target nor an average value target was set');
    const where = `${asked.autoscaler.metadata.namespace}/${name}/${goSelector(selector)}`;
    const values = yield* worded(`unable to get external metric ${where}`, () =>
      asked.metrics.external(wanted(asked, metric)),
    );
    const usage = values.reduce((sum, value) => sum + value, 0);
    const told = (current: object): MetricStatus => ({ type: 'External', external: { metric, current } });
    if (!perReplica) {
      const replicas = ofTotal(asked, usage, milli(target.value));
      return { replicas, name: externalName(metric), status: told({ value: text(usage) }) };
    }
    const { replicas, average } = ofEach(asked, usage, milli(target.averageValue));
    return { replicas, name: externalName(metric), status: told({ averageValue: text(average) }) };
  });
}

/** Makes a failure one of the metric's, with its own reason. */
function* saying<T>(reason: string, outer: (why: string) => string, work: () => Waiting<T>): Waiting<T> {
  try {
    return yield* work();
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    throw new MetricError(reason, error.message, outer(error.message));
  }
}

function* wordedTogether<T>(words: string, work: () => Waiting<T>): Waiting<T> {
  try {
    return yield* work();
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    throw new SyncError(`${words}${error.message}`);
  }
}

function question({ specReplicas, tolerances, pods, timing }: Asked, metrics: PodMetrics): Question {
  return { currentReplicas: specReplicas, tolerances, pods, metrics, timing: timing() };
}

function ofTotal({ specReplicas, tolerances, pods }: Asked, usage: number, target: number): number {
  return totalReplicas({ currentReplicas: specReplicas, tolerances, pods }, usage, target);
}

function ofEach({ statusReplicas, tolerances }: Asked, usage: number, target: number) {
  return perReplicaReplicas(statusReplicas, tolerances, usage, target);
}

function wanted({ autoscaler }: Asked, { name = '', selector }: NonNullable<MetricSource['metric']>) {
  const { namespace = '' } = autoscaler.metadata;
  return { namespace, metric: name, selector: selectorFromObject(selector) };
}

function externalName({ name, selector }: NonNullable<MetricSource['metric']>): string {
  return `external metric ${name}(${goSelector(selector)})`;
}

function milli(amount: string | undefined): number {
  return quantityMilliValue(parseQuantity(amount ?? '0'));
}

function text(amount: number, format: 'BinarySI' | 'DecimalSI' = 'DecimalSI'): string {
  return formatQuantity(milliQuantityOf(amount, format));
}
