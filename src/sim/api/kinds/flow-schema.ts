/** flowcontrol.apiserver.k8s.io/v1 FlowSchema. */
import { ageOf } from '../duration.js';
import { compareText } from '../go-text.js';
import type { KubeObject } from '../object.js';
import type { FlowSchema } from '../types/flow-control.js';
import { validateConditions } from './flow-control/condition-rules.js';
import { validateFlowSchema } from './flow-control/flow-schema-rules.js';
import { type ApiKind, column, countGeneration, defineKind, keepStatus, specChanged, withStatus } from './kind.js';
import { keepMetadataToo } from './status-only.js';

const PRECEDENCE = 1000;

/** The strategy of flow schemas. */
export const flowSchemaKind: ApiKind = defineKind({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  namespaced: false,
  subresourceFacts: withStatus(),
  applyDefaults: (object) => {
    (object as FlowSchema).spec.matchingPrecedence ||= PRECEDENCE;
  },
  prepareCreate: (object) => {
    object['status'] = {};
    object.metadata.generation = 1;
  },
  prepareUpdate: (object, old) => {
    keepStatus(object, old);
    countGeneration(object, old, specChanged(object, old));
  },
  prepareStatus: keepMetadataToo,
  validateCreate: (object) => validateFlowSchema(object as FlowSchema),
  validateUpdate: (object) => validateFlowSchema(object as FlowSchema),
  validateStatus: (object) => validateConditions((object as FlowSchema).status),
  printer: {
    columns: [
      column('Name'),
      column('PriorityLevel', 'string', 0, 'flowcontrol.v1.PriorityLevelConfigurationReference.name'),
      column('MatchingPrecedence', 'string', 0, 'flowcontrol.v1.FlowSchemaSpec.matchingPrecedence'),
      column('DistinguisherMethod', 'string', 0, 'flowcontrol.v1.FlowSchemaSpec.distinguisherMethod'),
      column('Age'),
      column('MissingPL', 'string', 0, 'references a broken or non-existent PriorityLevelConfiguration'),
    ],
    // Schemas stand in the order in which they are tried.
    order: (a, b) => precedence(a) - precedence(b) || compareText(a.metadata.name ?? '', b.metadata.name ?? ''),
    rows: (object, now) => {
      const { metadata, spec, status } = object as FlowSchema;
      const dangling = status?.conditions?.find(({ type }) => type === 'Dangling');
      const method = spec.distinguisherMethod?.type ?? '<none>';
      const cells = [metadata.name, spec.priorityLevelConfiguration.name, spec.matchingPrecedence, method];
      return [{ cells: [...cells, ageOf(metadata.creationTimestamp, now), dangling ? (dangling.status ?? '') : '?'] }];
    },
  },
});

function precedence(object: KubeObject): number {
  return (object as FlowSchema).spec.matchingPrecedence;
}
