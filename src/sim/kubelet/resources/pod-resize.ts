import {
  compareQuantity,
  parseQuantity,
  quantityMilliValue,
  quantityValue,
  ZERO_QUANTITY,
} from '../../api/quantity.js';
import { formatTime } from '../../api/time.js';
import type { CriContainer } from '../../api/types/cri.js';
import type { Container, Pod, PodCondition, ResourceRequirements } from '../../api/types/pod.js';
import type { Micros } from '../../kernel/time.js';
import { newestOf } from '../status/newest.js';
import { isSidecar } from '../status/restart.js';

/** The amounts of a container that can be changed while it runs; processors in thousandths, memory in bytes. */
interface Amounts {
  readonly cpuLimit: number;
  readonly cpuRequest: number;
  readonly memoryLimit: number;
  readonly memoryRequest: number;
}

/** A container that gets other resources while it runs. */
export interface ContainerUpdate {
  readonly container: Container;
  readonly id: string;
  /** It gets less than it has: those come first. */
  readonly decreases: boolean;
}

/** What one pod was given, what its containers have of it, and how a change of it stands (allocation, actuated state). */
export class PodResize {
  private allocated: ReadonlyMap<string, ResourceRequirements>;
  private podAllocated: ResourceRequirements | undefined;
  private readonly actual = new Map<string, ResourceRequirements>();
  private pending: PodCondition | undefined;
  private inProgress: PodCondition | undefined;

  constructor(pod: Pod) {
    this.allocated = allocationOf(pod);
    this.podAllocated = pod.spec.resources;
  }

  /** The pod as kubelet runs it: with what it was given, whatever is asked for now. */
  apply(pod: Pod): Pod {
    if (!this.isWanted(pod)) return pod;
    const given = (container: Container): Container => {
      const resources = this.allocated.get(container.name);
      return resources ? { ...container, resources } : container;
    };
    const { initContainers, containers, resources: _, ...spec } = pod.spec;
    return {
      ...pod,
      spec: {
        ...spec,
        ...(this.podAllocated ? { resources: this.podAllocated } : {}),
        ...(initContainers ? { initContainers: initContainers.map(given) } : {}),
        containers: containers.map(given),
      },
    };
  }

  /** Whether a pod asks for something else than it was given. */
  isWanted(pod: Pod): boolean {
    const asked = allocationOf(pod);
    return [...asked].some(([name, resources]) => !isEqual(resources, this.allocated.get(name)));
  }

  /** Gives the pod what it asks for. */
  allocate(pod: Pod, now: Micros): void {
    this.allocated = allocationOf(pod);
    this.podAllocated = pod.spec.resources;
    this.pending = undefined;
    this.inProgress = this.condition('PodResizeInProgress', undefined, pod, now, {});
  }

  /** The pod does not get what it asks for now; whether that is news. */
  putOff(pod: Pod, reason: 'Deferred' | 'Infeasible', message: string, now: Micros): boolean {
    const before = this.pending;
    this.pending = this.condition('PodResizePending', before, pod, now, { reason, message });
    return before?.reason !== reason || before.observedGeneration !== pod.metadata.generation;
  }

  /** Nothing else is asked for any more. */
  forget(): void {
    this.pending = undefined;
  }

  get conditions(): PodCondition[] {
    return [this.pending, this.inProgress].filter((condition) => condition !== undefined);
  }

  /** A container starts with what it was given. */
  started({ name, resources }: Container): void {
    this.actual.set(name, resources ?? {});
  }

  /** What a running container has; undefined when it started before this kubelet did. */
  actuated(name: string): ResourceRequirements | undefined {
    return this.actual.get(name);
  }

  /** Looks whether containers have what they were given; returns the generation of a resize that is done now. */
  settle(pod: Pod, containers: readonly CriContainer[], now: Micros): number | undefined {
    const resizable = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
    const busy = resizable.some((container) => {
      if (newestOf(containers, container.name)?.state !== 'CONTAINER_RUNNING') return false;
      const has = this.actual.get(container.name);
      return has !== undefined && !isEqual(has, container.resources);
    });
    if (busy) {
      this.inProgress ??= this.condition('PodResizeInProgress', undefined, pod, now, {});
      return undefined;
    }
    const done = this.inProgress?.observedGeneration;
    this.inProgress = undefined;
    return done;
  }

  /** A resize could not be done; whether that is news. */
  fail(pod: Pod, message: string, now: Micros): boolean {
    const before = this.inProgress;
    const failed = this.condition('PodResizeInProgress', before, pod, now, { reason: 'Error', message });
    const observedGeneration = before?.observedGeneration ?? failed.observedGeneration;
    this.inProgress = { ...failed, ...(observedGeneration === undefined ? {} : { observedGeneration }) };
    return before?.reason !== 'Error' || before.message !== message;
  }

  /** What is to be done about a running container: nothing, another start, or other amounts (computePodResizeAction). */
  changeOf(
    container: Container,
    id: string,
  ): 'none' | 'restart' | Readonly<Record<'cpu' | 'memory', ContainerUpdate | undefined>> {
    const has = this.actual.get(container.name);
    if (!has) return 'none';
    const [now, then] = [amountsOf(has), amountsOf(container.resources)];
    const changed = (['cpu', 'memory'] as const).filter(
      (name) => now[`${name}Limit`] !== then[`${name}Limit`] || now[`${name}Request`] !== then[`${name}Request`],
    );
    if (changed.length === 0) return 'none';
    const policy = (name: string) => container.resizePolicy?.find(({ resourceName }) => resourceName === name);
    if (changed.some((name) => policy(name)?.restartPolicy === 'RestartContainer')) return 'restart';
    const update = (name: 'cpu' | 'memory'): ContainerUpdate | undefined => {
      if (!changed.includes(name)) return undefined;
      const key =
        now[`${name}Limit`] === then[`${name}Limit`] ? (`${name}Request` as const) : (`${name}Limit` as const);
      return { container, id, decreases: then[key] < now[key] };
    };
    return { cpu: update('cpu'), memory: update('memory') };
  }

  private condition(
    type: string,
    before: PodCondition | undefined,
    { metadata: { generation } }: Pod,
    now: Micros,
    why: { reason?: string; message?: string },
  ): PodCondition {
    const at = formatTime(now);
    const isSame = before !== undefined && before.reason === why.reason;
    return {
      type,
      ...(generation === undefined ? {} : { observedGeneration: generation }),
      status: 'True',
      lastProbeTime: at,
      lastTransitionTime: (isSame && before.lastTransitionTime) || at,
      ...why,
    };
  }
}

/** The words of an event about a pod's resources (events/resize.go). */
export function resizeWords(
  prefix: string,
  { metadata, spec }: Pod,
  generation: number | undefined,
  error = '',
): string {
  const resourcesOf = ({ limits, requests }: ResourceRequirements = {}) => ({
    ...(limits ? { limits: sorted(limits) } : {}),
    ...(requests ? { requests: sorted(requests) } : {}),
  });
  const of = (list: readonly Container[]) =>
    list.map(({ name, resources }) => ({ name, resources: resourcesOf(resources) }));
  const inits = spec.initContainers ?? [];
  const summary = {
    ...(inits.length > 0 ? { initContainers: of(inits) } : {}),
    containers: of(spec.containers),
    generation: generation ?? metadata.generation ?? 0,
    ...(error === '' ? {} : { error }),
  };
  return `${prefix}: ${JSON.stringify(summary)}`;
}

function sorted(amounts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(amounts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function allocationOf({ spec }: Pod): ReadonlyMap<string, ResourceRequirements> {
  const all = [...(spec.initContainers ?? []), ...spec.containers];
  return new Map(all.map(({ name, resources = {} }) => [name, resources]));
}

function isEqual(one: ResourceRequirements = {}, other: ResourceRequirements = {}): boolean {
  return (['limits', 'requests'] as const).every((which) =>
    ['cpu', 'memory'].every((name) => {
      const read = (of: ResourceRequirements) => {
        const text = of[which]?.[name];
        return text === undefined ? ZERO_QUANTITY : parseQuantity(String(text));
      };
      return compareQuantity(read(one), read(other)) === 0;
    }),
  );
}

function amountsOf({ limits = {}, requests = {} }: ResourceRequirements = {}): Amounts {
  const read = (text: string | undefined) => (text === undefined ? ZERO_QUANTITY : parseQuantity(String(text)));
  return {
    cpuLimit: quantityMilliValue(read(limits['cpu'])),
    cpuRequest: quantityMilliValue(read(requests['cpu'])),
    memoryLimit: quantityValue(read(limits['memory'])),
    memoryRequest: quantityValue(read(requests['memory'])),
  };
}
