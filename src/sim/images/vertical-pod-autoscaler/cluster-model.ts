/** What the recommender knows of autoscalers, pods and their containers (pkg/recommender/model/cluster.go and vpa.go). */
import { matchesSelector, type Selector } from '../../api/labels.js';
import { formatTime } from '../../api/time.js';
import type { Pod } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { Aggregate, type AggregationSettings, ContainerSamples } from './aggregate.js';
import type { Estimated } from './estimate.js';
import type { UsageSample } from './quality-metrics.js';
import {
  type Autoscaler,
  type AutoscalerCondition,
  type AutoscalerStatus,
  type ContainerRecommendation,
  policyOf,
} from './types.js';

interface Group {
  readonly namespace: string;
  readonly container: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly madeAt: Micros;
  readonly history: Aggregate;
}

interface KnownPod {
  readonly pod: Pod;
  readonly containers: Map<string, ContainerSamples>;
}

/** An autoscaler, with what its conditions and checkpoints say. */
export class KnownAutoscaler {
  /** What was recommended last without bounds, by containers. */
  readonly last = new Map<string, Readonly<Record<string, string>>>();
  /** Histories out of checkpoints, by containers. */
  readonly initial = new Map<string, Aggregate>();
  readonly conditions: Map<string, AutoscalerCondition>;
  recommendations: readonly ContainerRecommendation[] | undefined;

  constructor(
    public object: Autoscaler,
    public selector: Selector,
  ) {
    this.conditions = new Map((object.status?.conditions ?? []).map((one) => [one.type, one]));
    this.recommendations = object.status?.recommendation?.containerRecommendations;
  }

  get namespace(): string {
    return this.object.metadata.namespace ?? '';
  }

  matches(namespace: string, labels: Readonly<Record<string, string>> | undefined): boolean {
    return namespace === this.namespace && matchesSelector(this.selector, labels ?? {});
  }

  setCondition(type: string, isTrue: boolean, reason: string, message: string, now: Micros): void {
    const status = isTrue ? 'True' : 'False';
    const before = this.conditions.get(type);
    const lastTransitionTime = before?.status === status ? before.lastTransitionTime : formatTime(now);
    this.conditions.set(type, {
      ...(lastTransitionTime === undefined ? {} : { lastTransitionTime }),
      ...(message === '' ? {} : { message }),
      ...(reason === '' ? {} : { reason }),
      status,
      type,
    });
  }

  /** What is written into the object. */
  status(): AutoscalerStatus {
    const conditions = [...this.conditions.values()].sort((one, other) => (one.type < other.type ? -1 : 1));
    const list = this.recommendations;
    return {
      ...(conditions.length > 0 ? { conditions } : {}),
      ...(list ? { recommendation: list.length > 0 ? { containerRecommendations: list } : {} } : {}),
    };
  }
}

export class ClusterModel {
  readonly autoscalers = new Map<string, KnownAutoscaler>();
  private readonly groups = new Map<string, Group>();
  private pods = new Map<string, KnownPod>();

  constructor(
    private readonly settings: AggregationSettings,
    /** Is told of samples of containers that something is to be recommended for. */
    private readonly sampled: (autoscaler: KnownAutoscaler, container: string, sample: UsageSample) => void,
  ) {}

  get podCount(): number {
    return this.pods.size;
  }

  get groupCount(): number {
    return this.groups.size;
  }

  /** Takes an autoscaler as it is now; what it remembers stays with it as long as it is for the same pods. */
  keepAutoscaler(key: string, object: Autoscaler, selector: Selector): KnownAutoscaler {
    const known = this.autoscalers.get(key);
    if (known && known.object.metadata.uid === object.metadata.uid) {
      known.object = object;
      known.selector = selector;
      return known;
    }
    const made = new KnownAutoscaler(object, selector);
    this.autoscalers.set(key, made);
    return made;
  }

  /** The pods that are there; those that went are forgotten, what their containers used is not. */
  keepPods(pods: readonly Pod[]): void {
    const kept = new Map<string, KnownPod>();
    for (const pod of pods) {
      const key = keyOf(pod);
      const containers = this.pods.get(key)?.containers ?? new Map<string, ContainerSamples>();
      for (const { name } of pod.spec.containers)
        if (!containers.has(name)) containers.set(name, new ContainerSamples(this.settings));
      kept.set(key, { pod, containers });
    }
    this.pods = kept;
  }

  /** What a container used at an instant: cores, bytes. False for one that is not known. */
  addSample(podKey: string, container: string, used: { cores?: number; bytes?: number }, at: Micros): boolean {
    const found = this.find(podKey, container, at);
    if (!found) return false;
    const { cores, bytes } = used;
    const { samples, group } = found;
    if (cores !== undefined && samples.addCpu(group.history, cores, at))
      this.tell(group, { resource: 'cpu', usage: cores, isOom: false });
    if (bytes !== undefined && samples.addMemory(group.history, bytes, at))
      this.tell(group, { resource: 'memory', usage: bytes, isOom: false });
    return true;
  }

  /** A container was killed for want of memory while it asked for so many bytes. Returns what is wrong with that. */
  addOom(podKey: string, container: string, asked: number, at: Micros): string | undefined {
    const found = this.find(podKey, container, at);
    if (!found) return `KeyError: {{${podKey.replace('/', ' ')}} ${container}}`;
    const took = (usage: number) => this.tell(found.group, { resource: 'memory', usage, isOom: true });
    return found.samples.addOom(found.group.history, asked, at, took);
  }

  private tell({ namespace, labels, container }: Group, sample: UsageSample): void {
    for (const autoscaler of this.autoscalers.values()) {
      if (!autoscaler.matches(namespace, labels)) continue;
      const policy = policyOf(container, autoscaler.object.spec.resourcePolicy);
      if (policy?.mode !== 'Off') this.sampled(autoscaler, container, sample);
      return;
    }
  }

  podsOf(autoscaler: KnownAutoscaler): number {
    let count = 0;
    for (const { pod } of this.pods.values())
      if (autoscaler.matches(pod.metadata.namespace ?? '', pod.metadata.labels)) count += 1;
    return count;
  }

  /** The history of each container of an autoscaler's pods; `now` leaves out peaks of spans that are not over then. */
  historiesOf(autoscaler: KnownAutoscaler, now?: Micros): Map<string, Aggregate> {
    const histories = new Map<string, Aggregate>();
    const into = (name: string): Aggregate => {
      const known = histories.get(name) ?? new Aggregate(this.settings);
      histories.set(name, known);
      return known;
    };
    for (const { namespace, labels, container, history } of this.groups.values())
      if (autoscaler.matches(namespace, labels)) into(container).merge(history);
    for (const [container, history] of autoscaler.initial) into(container).merge(history);
    if (now === undefined) return histories;
    for (const { pod, containers } of this.pods.values()) {
      if (!autoscaler.matches(pod.metadata.namespace ?? '', pod.metadata.labels)) continue;
      for (const [name, samples] of containers) {
        const history = histories.get(name);
        if (history) samples.subtractCurrentPeak(history, now);
      }
    }
    return histories;
  }

  /** Those of them that a recommendation is wanted for. */
  estimatedOf(autoscaler: KnownAutoscaler): Map<string, Estimated> {
    const wanted = new Map<string, Estimated>();
    for (const [name, history] of this.historiesOf(autoscaler)) {
      const policy = policyOf(name, autoscaler.object.spec.resourcePolicy);
      if (policy?.mode === 'Off' || history.samples === 0) continue;
      wanted.set(name, { history, resources: policy?.controlledResources });
    }
    return wanted;
  }

  /** Forgets containers of which nothing was heard for as long as memory counts. */
  forgetExpired(now: Micros): void {
    for (const [key, { history, madeAt }] of [...this.groups])
      if (history.isExpired(now, madeAt)) this.groups.delete(key);
  }

  private find(
    podKey: string,
    container: string,
    now: Micros,
  ): { samples: ContainerSamples; group: Group } | undefined {
    const known = this.pods.get(podKey);
    const samples = known?.containers.get(container);
    if (!known || !samples) return undefined;
    const { namespace = '', labels = {} } = known.pod.metadata;
    const key = `${namespace}/${container}/${JSON.stringify(Object.entries(labels).sort())}`;
    const group = this.groups.get(key) ?? {
      ...{ namespace, container, labels, madeAt: now },
      history: new Aggregate(this.settings),
    };
    this.groups.set(key, group);
    return { samples, group };
  }
}

/** `namespace/name`. */
export function keyOf({
  metadata,
}: {
  readonly metadata: { readonly namespace?: string; readonly name?: string };
}): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
