import type { KubeObject } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
} from '../../api/types/custom-resource-definition.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { allObjects } from '../storage/get.js';
import { noteManager } from '../storage/managed-fields.js';
import { writeObject } from '../storage/write.js';

/** Accepts the names of definitions that take nobody else's, and establishes them (naming and establishing controllers). */
export function settleDefinitions(parts: ServerParts, store: Store): void {
  const kind = parts.kinds.kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition');
  if (!kind) return;
  const definitions = allObjects(store, kind) as CustomResourceDefinition[];
  for (const object of definitions) {
    if (object.metadata.deletionTimestamp) continue;
    const conflict = conflictOf(object, definitions);
    const time = formatTime(parts.now());
    const conditions = conditionsOf(object, conflict, time);
    const acceptedNames = conflict ? object.status?.acceptedNames : object.spec.names;
    const status = { ...object.status, conditions, acceptedNames };
    if (JSON.stringify(status) === JSON.stringify(object.status)) continue;
    const changed: KubeObject = { ...object, metadata: { ...object.metadata }, status };
    noteManager(changed, object, kind, { name: 'kube-apiserver', subresource: 'status', time });
    writeObject(store, kind, changed);
  }
}

/** The last name of a definition that an accepted one of the same group has. */
function conflictOf(
  object: CustomResourceDefinition,
  all: readonly CustomResourceDefinition[],
): { reason: string; message: string } | undefined {
  const { group, names } = object.spec;
  const others = all
    .filter((other) => other.spec.group === group && other.metadata.name !== object.metadata.name)
    .flatMap(({ status }) => (status?.acceptedNames.plural ? [status.acceptedNames] : []));
  const resources = new Set(
    others.flatMap(({ plural, singular = '', shortNames = [] }) => [plural, singular, ...shortNames]),
  );
  const kinds = new Set(others.flatMap(({ kind, listKind = '' }) => [kind, listKind]));
  const rows: readonly [reason: string, name: string, taken: ReadonlySet<string>][] = [
    ['PluralConflict', names.plural, resources],
    ['SingularConflict', names.singular ?? '', resources],
    ...(names.shortNames ?? []).map((name): [string, string, Set<string>] => ['ShortNamesConflict', name, resources]),
    ['KindConflict', names.kind, kinds],
    ['ListKindConflict', names.listKind ?? '', kinds],
  ];
  const found = rows.findLast(([, name, taken]) => name !== '' && taken.has(name));
  return found && { reason: found[0], message: `"${found[1]}" is already in use` };
}

function conditionsOf(
  { status }: CustomResourceDefinition,
  conflict: { reason: string; message: string } | undefined,
  time: string,
): CustomResourceDefinitionCondition[] {
  const before = status?.conditions ?? [];
  const condition = (type: string, value: string, reason: string, message: string) => {
    const old = before.find((one) => one.type === type);
    const lastTransitionTime = old?.status === value ? (old.lastTransitionTime ?? time) : time;
    return { type, status: value, lastTransitionTime, reason, message };
  };
  const others = before.filter(({ type }) => type !== 'NamesAccepted' && type !== 'Established');
  const established = before.find(({ type, status: value }) => type === 'Established' && value === 'True');
  if (conflict) {
    const refused = condition('NamesAccepted', 'False', conflict.reason, conflict.message);
    return [
      refused,
      established ?? condition('Established', 'False', 'NotAccepted', 'not all names are accepted'),
      ...others,
    ];
  }
  const accepted = condition('NamesAccepted', 'True', 'NoConflicts', 'no conflicts found');
  const initial = 'the initial names have been accepted';
  return [accepted, established ?? condition('Established', 'True', 'InitialNamesAccepted', initial), ...others];
}
