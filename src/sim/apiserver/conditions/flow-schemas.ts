import { sortEntries } from '../../api/managed-fields/managers.js';
import type { KubeObject, ManagedFieldsEntry } from '../../api/object.js';
import { formatTime } from '../../api/time.js';
import type { FlowSchema } from '../../api/types/flow-control.js';
import type { Store } from '../../store/store.js';
import type { ServerParts } from '../parts.js';
import { allObjects, findObject } from '../storage/get.js';
import { writeObject } from '../storage/write.js';

const API_VERSION = 'flowcontrol.apiserver.k8s.io/v1';
/** By this name the part of the server that queues requests writes. */
const MANAGER = 'api-priority-and-fairness-config-consumer-v1';
const CONDITION_FIELDS = {
  '.': {},
  'f:lastTransitionTime': {},
  'f:message': {},
  'f:reason': {},
  'f:status': {},
  'f:type': {},
};

/** Says in the status of each flow schema whether the priority level it names is there (apf_controller). */
export function settleFlowSchemas(parts: ServerParts, store: Store): void {
  const schemas = parts.kinds.kind(API_VERSION, 'FlowSchema');
  const levels = parts.kinds.kind(API_VERSION, 'PriorityLevelConfiguration');
  if (!schemas || !levels) return;
  for (const object of allObjects(store, schemas)) {
    const { name } = (object as FlowSchema).spec.priorityLevelConfiguration;
    const changed = withCondition(object as FlowSchema, findObject(store, levels, '', name) !== undefined, parts);
    if (changed) writeObject(store, schemas, changed);
  }
}

function withCondition(schema: FlowSchema, found: boolean, parts: ServerParts): KubeObject | undefined {
  const named = `This FlowSchema references the PriorityLevelConfiguration object named "${schema.spec.priorityLevelConfiguration.name}"`;
  const status = found ? 'False' : 'True';
  const message = found ? `${named} and it exists` : `${named} but there is no such object`;
  const conditions = schema.status?.conditions ?? [];
  const before = conditions.find(({ type }) => type === 'Dangling');
  if (before?.status === status && before.message === message) return undefined;
  const time = formatTime(parts.now());
  const reason = found ? 'Found' : 'NotFound';
  const condition = { type: 'Dangling', status, lastTransitionTime: time, reason, message };
  const others = conditions.filter(({ type }) => type !== 'Dangling');
  const fields = (schema.metadata.managedFields ?? []).filter(({ manager }) => manager !== MANAGER);
  return {
    ...schema,
    metadata: { ...schema.metadata, managedFields: sortEntries([entryOf(time), ...fields]) },
    status: { ...schema.status, conditions: [...others, condition] },
  };
}

function entryOf(time: string): ManagedFieldsEntry {
  return {
    manager: MANAGER,
    operation: 'Apply',
    apiVersion: API_VERSION,
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:status': { 'f:conditions': { 'k:{"type":"Dangling"}': CONDITION_FIELDS } } },
    subresource: 'status',
  };
}
