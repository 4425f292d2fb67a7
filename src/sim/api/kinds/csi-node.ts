/** storage.k8s.io/v1 CSINode. */
import { ageOf } from '../duration.js';
import { duplicate, type FieldError, invalid, required } from '../field-error.js';
import { copyGiven } from '../given-empties.js';
import { utf8Length } from '../go-text.js';
import { internalForm } from '../internal-form.js';
import { labelKey } from '../names.js';
import { semanticEqual } from '../object.js';
import type { CSINode, CSINodeDriver } from '../types/storage.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { checkText, nonnegative, validateMeta, validateMetaUpdate } from './meta.js';
import { validateDriverName } from './persistent-volume/source-rules.js';

const NODE_ID_BYTES_MAX = 256;

/** The strategy of CSI nodes. */
export const csiNodeKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  namespaced: false,
  unconditionalUpdate: false,
  returnsDeleted: true,
  validateCreate: (object) => validateNode(object as CSINode),
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateNode(object as CSINode),
    ...keepDrivers(object as CSINode, old as CSINode),
  ],
  printer: {
    columns: [
      column('Name'),
      column('Drivers', 'integer', 0, 'Drivers indicates the number of CSI drivers registered on the node'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as CSINode;
      return [{ cells: [metadata.name, spec.drivers?.length ?? 0, ageOf(metadata.creationTimestamp, now)] }];
    },
  },
});

function validateNode(node: CSINode): FieldError[] {
  const drivers = node.spec.drivers ?? [];
  const errors = drivers.flatMap((driver, index) => {
    const at = `spec.drivers[${index}]`;
    const again = drivers.slice(0, index).some(({ name }) => name === driver.name);
    return [
      ...validateDriverName(`${at}.name`, driver.name ?? ''),
      ...validateNodeId(`${at}.nodeID`, driver.nodeID ?? ''),
      ...nonnegative(`${at}.allocatable.count`, driver.allocatable?.count),
      ...(again ? [duplicate(`${at}.name`, driver.name)] : []),
      ...validateTopologyKeys(at, driver.topologyKeys ?? []),
    ];
  });
  return [...validateMeta(node, false), ...errors];
}

function validateNodeId(path: string, id: string): FieldError[] {
  if (id === '') return [required(path)];
  const words = `must be ${NODE_ID_BYTES_MAX} characters or less`;
  return utf8Length(id) > NODE_ID_BYTES_MAX ? [invalid(path, id, words)] : [];
}

function validateTopologyKeys(path: string, keys: readonly string[]): FieldError[] {
  return keys.flatMap((key, index) => [
    ...(key === '' ? [required(path)] : []),
    ...(keys.indexOf(key) < index ? [duplicate(path, key)] : []),
    ...checkText(path, key, labelKey),
  ]);
}

/** A driver that is there stays as it is, but for how many volumes it can take. */
function keepDrivers({ spec }: CSINode, { spec: old }: CSINode): FieldError[] {
  const fixed = (driver: CSINodeDriver): CSINodeDriver => {
    const copy = copyGiven(driver);
    delete copy.allocatable;
    return copy;
  };
  return (old.drivers ?? []).flatMap((before) =>
    (spec.drivers ?? []).flatMap((driver) => {
      if (driver.name !== before.name || semanticEqual(fixed(driver), fixed(before))) return [];
      const shown = internalForm('storage.v1.CSINodeDriver', fixed(driver));
      return [invalid('spec.drivers', shown, 'field is immutable')];
    }),
  );
}
