/** The subresource through which resources of a pod change while it is there (core/validation ValidatePodResize). */
import { type FieldError, forbidden, invalid } from '../../field-error.js';
import { deepCopy, semanticEqual } from '../../object.js';
import type { Container, Pod, PodSpec } from '../../types/pod.js';
import { keepMetadataAndStatus } from './ephemeral-rules.js';
import { qosClass } from './qos.js';

const MIRROR = 'kubernetes.io/config.mirror';
const LISTS = ['containers', 'initContainers'] as const;
/** What may change. */
const RESIZABLE = ['cpu', 'memory'];

type Resources = NonNullable<Container['resources']>;
type Amounts = NonNullable<Resources['requests']>;

/** Drops every change but those of resources and of what is to be done when they change; other containers are left to be refused. */
export function keepAllButResources(pod: Pod, old: Pod): void {
  if (LISTS.some((list) => (pod.spec[list] ?? []).length !== (old.spec[list] ?? []).length)) return;
  const spec: PodSpec = {
    ...deepCopy(old.spec),
    containers: withResourcesOf(pod.spec.containers, old.spec.containers),
  };
  if (pod.spec.initContainers) {
    spec.initContainers = withResourcesOf(pod.spec.initContainers, old.spec.initContainers ?? []);
  }
  if (pod.spec.resources) spec.resources = pod.spec.resources;
  else delete spec.resources;
  pod.spec = spec;
  keepMetadataAndStatus(pod, old);
}

function withResourcesOf(containers: readonly Container[], old: readonly Container[]): Container[] {
  if (containers.some(({ name }, index) => name !== old[index]?.name)) return [...containers];
  return containers.map(({ resources, resizePolicy }, index) => {
    const { resources: _, resizePolicy: __, ...rest } = old[index] as Container;
    return { ...rest, ...(resources ? { resources } : {}), ...(resizePolicy ? { resizePolicy } : {}) };
  });
}

/** What is wrong with a change of resources; `others` are the rules of the pod as it would be. */
export function validateResize(pod: Pod, old: Pod, others: () => FieldError[]): FieldError[] {
  if (old.metadata.annotations?.[MIRROR] !== undefined) return [forbidden('[]', 'static pods cannot be resized')];
  if (old.spec.os?.name === 'windows') return [forbidden('[]', 'windows pods cannot be resized')];
  const errors = others();
  if ((old.status?.qosClass || qosClass(old.spec)) !== qosClass(pod.spec)) {
    const why = 'Pod QOS Class may not change as a result of resizing';
    errors.push(invalid('spec', pod.status?.qosClass ?? '', why));
  }
  if (!isSupported(old)) errors.push(forbidden('spec', 'Pod running on node without support for resize'));
  const spec = deepCopy(pod.spec);
  if (hasAmounts(old.spec.resources) || hasAmounts(pod.spec.resources)) {
    errors.push(...validatePodLevel(spec, pod.spec, old.spec));
  }
  const order = validateOrder(pod.spec, old.spec);
  if (order.length > 0) return [...errors, ...order];
  errors.push(...validateKept('initContainers', pod.spec, old.spec), ...validateKept('containers', pod.spec, old.spec));
  errors.push(...validateOthers(spec, old.spec), ...validateInits(spec, old.spec));
  if (errors.length === 0 && !semanticEqual(spec, old.spec)) {
    errors.push(forbidden('spec', 'only cpu and memory resources are mutable'));
  }
  return errors;
}

/** Whether the node says what its containers have, as nodes do that can change it; a pod that does not run may be on any. */
function isSupported({ status }: Pod): boolean {
  const running = status?.containerStatuses?.find(({ state }) => state?.running);
  return running === undefined || running.resources !== undefined;
}

function hasAmounts(resources: Resources | undefined): boolean {
  return Object.keys(resources?.requests ?? {}).length + Object.keys(resources?.limits ?? {}).length > 0;
}

/** Rules of the pod's own resources; in `spec` what may change is put back. */
function validatePodLevel(spec: PodSpec, wanted: PodSpec, old: PodSpec): FieldError[] {
  const errors: FieldError[] = [];
  if (old.resources && !wanted.resources) return [forbidden('spec.resources', 'pod-level resources cannot be removed')];
  for (const list of ['requests', 'limits'] as const) {
    if (old.resources && isAmountRemoved(wanted.resources?.[list], old.resources[list])) {
      errors.push(forbidden(`spec.resources.${list}`, `pod-level resource ${list} cannot be removed`));
    }
  }
  spec.resources = { ...spec.resources, ...putBack(spec.resources, old.resources) };
  if (!old.resources && !hasAmounts(spec.resources)) delete spec.resources;
  if (semanticEqual(spec.resources, old.resources)) return errors;
  return [...errors, forbidden('spec', 'only cpu and memory resources are mutable at pod-level')];
}

/** Resources with the processor and memory they had before. */
function putBack(resources: Resources | undefined, old: Resources | undefined): Pick<Resources, 'limits' | 'requests'> {
  return {
    limits: amountsBack(resources?.limits, old?.limits),
    requests: amountsBack(resources?.requests, old?.requests),
  };
}

function amountsBack(amounts: Amounts | undefined, old: Amounts | undefined): Amounts {
  const kept = Object.entries(amounts ?? {}).filter(([name]) => !RESIZABLE.includes(name));
  const back = Object.entries(old ?? {}).filter(([name]) => RESIZABLE.includes(name));
  return Object.fromEntries([...kept, ...back]);
}

function isAmountRemoved(amounts: Amounts = {}, old: Amounts = {}): boolean {
  return Object.keys(old).some((name) => !Object.hasOwn(amounts, name));
}

function validateOrder(spec: PodSpec, old: PodSpec): FieldError[] {
  return LISTS.flatMap((list) => {
    const [now, before] = [spec[list] ?? [], old[list] ?? []];
    if (now.length !== before.length)
      return [forbidden(`spec.${list}`, `${list} may not be added or removed on resize`)];
    const why = `${list} may not be renamed or reordered on resize`;
    return before.flatMap(({ name }, index) =>
      now[index]?.name === name ? [] : [forbidden(`spec.${list}[${index}].name`, why)],
    );
  });
}

function validateKept(list: (typeof LISTS)[number], spec: PodSpec, old: PodSpec): FieldError[] {
  return (old[list] ?? []).flatMap(({ resources }, index) => {
    const now = spec[list]?.[index]?.resources;
    return (['requests', 'limits'] as const).flatMap((which) =>
      isAmountRemoved(now?.[which], resources?.[which])
        ? [forbidden(`spec.${list}[${index}].resources.${which}`, `resource ${which} cannot be removed`)]
        : [],
    );
  });
}

/** Containers may have changed in nothing else; what may change is put back. */
function validateOthers(spec: PodSpec, old: PodSpec): FieldError[] {
  spec.containers = spec.containers.map((container, index) => withBack(container, old.containers[index]));
  return spec.containers.flatMap((container, index) =>
    semanticEqual(container, old.containers[index])
      ? []
      : [forbidden('spec', 'only cpu and memory resources are mutable')],
  );
}

function withBack(container: Container, old: Container | undefined): Container {
  return { ...container, resources: putBack(container.resources, old?.resources) };
}

function validateInits(spec: PodSpec, old: PodSpec): FieldError[] {
  const given = spec.initContainers;
  if (!given) return [];
  spec.initContainers = given.map((container, index) => withBack(container, old.initContainers?.[index]));
  return spec.initContainers.flatMap((container, index) => {
    const [path, before] = [`spec.initContainers[${index}]`, old.initContainers?.[index]];
    const errors: FieldError[] = [];
    if (!semanticEqual(container, before)) {
      errors.push(forbidden(path, 'only cpu and memory resources for init or sidecar containers are mutable'));
    }
    if (semanticEqual(given[index], before) || container.restartPolicy === 'Always') return errors;
    const why = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized';
    const restarts = (container.resizePolicy ?? []).filter(({ restartPolicy }) => restartPolicy === 'RestartContainer');
    return [...errors, ...restarts.map(() => forbidden(path, why))];
  });
}
