/** node.k8s.io/v1 RuntimeClass. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, required } from '../field-error.js';
import { internalForm } from '../internal-form.js';
import { dns1123Label } from '../names.js';
import type { KubeObject } from '../object.js';
import type { Toleration } from '../types/pod.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, immutable, sortedPairs, validateLabels, validateMeta, validateMetaUpdate } from './meta.js';
import { deprecatedNodeLabel } from './node-label-warnings.js';
import { validateResources } from './pod/resource-rules.js';
import { validateTolerations } from './pod/scheduling-rules.js';

interface RuntimeClass extends KubeObject {
  handler: string;
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

/** The strategy of runtime classes. */
export const runtimeClassKind: ApiKind = defineKind({
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  namespaced: false,
  createOnUpdate: true,
  unconditionalUpdate: false,
  validateCreate: (object) => validateClass(object as RuntimeClass),
  validateUpdate: (object, old) => [
    ...validateClass(object as RuntimeClass),
    ...validateMetaUpdate(object, old),
    ...immutable('handler', (object as RuntimeClass).handler, (old as RuntimeClass).handler),
  ],
  warnings: (object) => warnings(object as RuntimeClass),
  printer: {
    columns: [column('Name'), column('Handler'), column('Age')],
    rows: (object, now) => {
      const { metadata, handler } = object as RuntimeClass;
      return [{ cells: [metadata.name, handler, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateClass(object: RuntimeClass): FieldError[] {
  const { handler, overhead, scheduling } = object;
  const errors = validateMeta(object, false);
  if (handler) errors.push(...checkText('handler', handler, dns1123Label));
  else errors.push(required('handler'));
  if (overhead) errors.push(...validateResources({ limits: overhead.podFixed ?? {} }, 'overhead', []));
  if (!scheduling) return errors;
  const { nodeSelector, tolerations = [] } = scheduling;
  return [
    ...errors,
    ...validateLabels(nodeSelector, 'scheduling.nodeSelector'),
    ...validateTolerations('scheduling.tolerations', tolerations),
    ...findRepeats('scheduling.tolerations', tolerations),
  ];
}

function findRepeats(path: string, tolerations: readonly Toleration[]): FieldError[] {
  const seen = new Set<string>();
  return tolerations.flatMap((toleration, index) => {
    const { key, operator, value, effect } = toleration;
    const identity = JSON.stringify([key ?? '', operator ?? '', value ?? '', effect ?? '']);
    if (seen.has(identity)) return [duplicate(`${path}[${index}]`, internalForm('core.v1.Toleration', toleration))];
    seen.add(identity);
    return [];
  });
}

function warnings({ scheduling }: RuntimeClass): string[] {
  return sortedPairs(scheduling?.nodeSelector).flatMap(([key]) => {
    const message = deprecatedNodeLabel(key);
    return message === undefined ? [] : [`scheduling.nodeSelector: ${message}`];
  });
}
