/** storage.k8s.io/v1 CSIStorageCapacity. */
import { type FieldError, invalid } from '../field-error.js';
import { nameIsSubdomain } from '../names.js';
import { semanticEqual } from '../object.js';
import type { CSIStorageCapacity } from '../types/storage.js';
import { type ApiKind, defineKind } from './kind.js';
import { validateLabelSelector, validateMeta, validateMetaUpdate } from './meta.js';
import { nodeLabelSelectorWarnings } from './node-label-warnings.js';
import { nonnegativeQuantity } from './quantity-rules.js';

/** The strategy of storage capacities. */
export const csiStorageCapacityKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  namespaced: true,
  unconditionalUpdate: false,
  validateCreate: (object) => validateCapacity(object as CSIStorageCapacity, false),
  validateUpdate: (object, old) => {
    const capacity = object as CSIStorageCapacity;
    const before = old as CSIStorageCapacity;
    const loose = validateLabelSelector(before.nodeTopology, '').length > 0;
    return [
      ...validateCapacity(capacity, loose),
      ...validateMetaUpdate(object, old),
      ...keepQuestion(capacity, before),
    ];
  },
  warnings: (object) => nodeLabelSelectorWarnings('nodeTopology', (object as CSIStorageCapacity).nodeTopology),
});

function validateCapacity(one: CSIStorageCapacity, looseSelector: boolean): FieldError[] {
  const { nodeTopology, storageClassName, capacity } = one;
  const wrongName = nameIsSubdomain(storageClassName, false);
  return [
    ...validateMeta(one, true),
    ...(looseSelector ? [] : validateLabelSelector(nodeTopology, 'nodeTopology')),
    ...wrongName.map((words) => invalid('storageClassName', storageClassName, words)),
    ...(capacity === undefined ? [] : nonnegativeQuantity('capacity', capacity)),
  ];
}

/** What was asked of the driver stays; what it answered may change. */
function keepQuestion(one: CSIStorageCapacity, old: CSIStorageCapacity): FieldError[] {
  const words = 'field is immutable';
  const errors: FieldError[] = [];
  if (!semanticEqual(one.nodeTopology, old.nodeTopology)) {
    errors.push(invalid('nodeTopology', one.nodeTopology ?? null, words));
  }
  if (one.storageClassName !== old.storageClassName) {
    errors.push(invalid('storageClassName', one.storageClassName, words));
  }
  return errors;
}
