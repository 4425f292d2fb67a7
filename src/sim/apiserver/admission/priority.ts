import { forbiddenRequest, StatusError } from '../../api/status.js';
import type { Store } from '../../store/store.js';
import { groupResource } from '../served-kind.js';
import { objectOf } from '../storage/stored-object.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { StoredList } from './matching/stored-list.js';

interface PriorityClass {
  readonly metadata: { name: string };
  readonly value: number;
  readonly globalDefault?: boolean;
  readonly preemptionPolicy?: string;
}

interface PodSpec {
  priorityClassName?: string;
  priority?: number;
  preemptionPolicy?: string;
}

/** Classes every server knows, stored or not. */
const SYSTEM: readonly PriorityClass[] = [
  { metadata: { name: 'system-cluster-critical' }, value: 2_000_000_000 },
  { metadata: { name: 'system-node-critical' }, value: 2_000_001_000 },
];

/**
 * Gives pods the number of their priority class; without one, that of the default class, or 0. There is one default class
 * at most.
 */
export const PRIORITY: Admission = {
  name: 'Priority',
  mutate(request) {
    const { kind, subresource, operation, object, old } = request;
    if (kind.kind !== 'Pod' || kind.group !== '' || subresource !== '' || !object) return;
    const spec = object['spec'] as PodSpec | undefined;
    if (!spec) return;
    if (operation === 'CREATE') {
      setPriority(request, spec);
      return;
    }
    const before = old?.['spec'] as PodSpec | undefined;
    if (before?.priority !== undefined && spec.priority === undefined) spec.priority = before.priority;
    if (before?.preemptionPolicy && !spec.preemptionPolicy) spec.preemptionPolicy = before.preemptionPolicy;
  },
  validate({ kind, subresource, operation, object, store }) {
    if (kind.kind !== 'PriorityClass' || kind.group !== 'scheduling.k8s.io' || subresource !== '' || !object) return;
    if (!(object as unknown as PriorityClass).globalDefault) return;
    const other = DEFAULT_CLASS.of(store)?.metadata.name;
    if (other === undefined || (operation === 'UPDATE' && other === object.metadata.name)) return;
    const why = `PriorityClass ${other} is already marked as default. Only one default can exist`;
    throw new StatusError(forbiddenRequest(groupResource(kind), object.metadata.name ?? '', why));
  },
};

function setPriority(request: AdmissionRequest, spec: PodSpec): void {
  const refuse = (why: string) =>
    new StatusError(forbiddenRequest(groupResource(request.kind), request.object?.metadata.name ?? '', why));
  let chosen: PriorityClass | undefined;
  if (spec.priorityClassName) {
    chosen = findClass(request.store, spec.priorityClassName);
    if (!chosen) throw refuse(`no PriorityClass with name ${spec.priorityClassName} was found`);
  } else {
    chosen = DEFAULT_CLASS.of(request.store);
    if (chosen) spec.priorityClassName = chosen.metadata.name;
  }
  const value = chosen?.value ?? 0;
  if (spec.priority !== undefined && spec.priority !== value) {
    throw refuse(
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`,
    );
  }
  spec.priority = value;
  const policy = chosen?.preemptionPolicy ?? 'PreemptLowerPriority';
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== policy) {
    throw refuse(
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`,
    );
  }
  spec.preemptionPolicy = policy;
}

function findClass(store: Store, name: string): PriorityClass | undefined {
  const entry = store.get(`/registry/priorityclasses/${name}`);
  return entry ? (objectOf(entry) as unknown as PriorityClass) : SYSTEM.find((one) => one.metadata.name === name);
}

/** Of several default classes the lowest counts. */
const DEFAULT_CLASS = new StoredList(
  ['/registry/priorityclasses/'],
  (classes) =>
    (classes as unknown as PriorityClass[]).filter((one) => one.globalDefault).sort((a, b) => a.value - b.value)[0],
);
