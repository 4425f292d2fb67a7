/** core/v1 Namespace. */
import { ageOf } from '../duration.js';
import { type FieldError, invalid } from '../field-error.js';
import { labelKey, nameIsLabel } from '../names.js';
import type { Namespace } from '../types/config.js';
import {
  type ApiKind,
  column,
  defineKind,
  fieldLabelNotSupported,
  keepStatus,
  metadataFields,
  withStatus,
} from './kind.js';
import { checkText, validateFinalizerName, validateMeta, validateMetaUpdate } from './meta.js';

const FINALIZER = 'kubernetes';

/** The strategy of namespaces. */
export const namespaceKind: ApiKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  namespaced: false,
  shortNames: ['ns'],
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresourceFacts: withStatus({ name: 'finalize', verbs: ['update'] }),
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { metadata, status } = object as Namespace;
    if (metadata.name) metadata.labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name };
    if (!status?.phase) (object as Namespace).status = { ...status, phase: 'Active' };
  },
  prepareCreate: (object) => {
    const namespace = object as Namespace;
    const finalizers = namespace.spec?.finalizers ?? [];
    namespace.spec = { finalizers: finalizers.includes(FINALIZER) ? finalizers : [...finalizers, FINALIZER] };
    namespace.status = { phase: 'Active' };
  },
  validateCreate: (object) => validateNamespace(object as Namespace),
  prepareUpdate: (object, old) => {
    const finalizers = (old as Namespace).spec?.finalizers;
    (object as Namespace).spec = finalizers ? { finalizers } : {};
    keepStatus(object, old);
  },
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateNamespace(object as Namespace)],
  validateStatus: (object, old) => [...validateMetaUpdate(object, old), ...validatePhase(object as Namespace)],
  selectableFields: (object) => ({
    'metadata.name': metadataFields(object)['metadata.name'] ?? '',
    'status.phase': (object as Namespace).status?.phase ?? '',
  }),
  fieldLabels: ['metadata.name', 'status.phase'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [column('Name'), column('Status', 'string', 0, 'The status of the namespace'), column('Age')],
    rows: (object, now) => [
      {
        cells: [
          object.metadata.name,
          (object as Namespace).status?.phase ?? '',
          ageOf(object.metadata.creationTimestamp, now),
        ],
      },
    ],
  },
});

function validateNamespace(namespace: Namespace): FieldError[] {
  const path = 'spec.finalizers';
  return [
    ...validateMeta(namespace, false, nameIsLabel),
    ...(namespace.spec?.finalizers ?? []).flatMap((name) => [
      ...checkText(path, name, labelKey),
      ...validateFinalizerName(path, name),
    ]),
  ];
}

function validatePhase({ metadata, status }: Namespace): FieldError[] {
  const phase = status?.phase ?? '';
  if (!metadata.deletionTimestamp) {
    if (phase === 'Active') return [];
    return [invalid('status.Phase', phase, "may only be 'Active' if `deletionTimestamp` is empty")];
  }
  if (phase === 'Terminating') return [];
  return [invalid('status.Phase', phase, "may only be 'Terminating' if `deletionTimestamp` is not empty")];
}
