import { expect, test } from 'vitest';
import type { KubeObject, ManagedFieldsEntry } from '../../../../src/sim/api/object.js';
import { keepTimes } from '../../../../src/sim/apiserver/storage/managed-fields.js';

const [BEFORE, NOW] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:09Z'];

function object(time: string, data: string, version: string, manager = 'a'): KubeObject {
  const entry = { manager, operation: 'Apply', apiVersion: 'v1', time, fieldsType: 'FieldsV1', fieldsV1: {} };
  const metadata = { name: 'x', resourceVersion: version, managedFields: [entry as ManagedFieldsEntry] };
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: data } } as KubeObject;
}

test.each([
  ['a write that changes nothing else', object(NOW, '1', '8'), BEFORE],
  ['a write that changes something', object(NOW, '2', '8'), NOW],
  ['a write by somebody else', object(NOW, '1', '8', 'b'), NOW],
])('times of managers after %s', (_, written, time) => {
  keepTimes(written, object(BEFORE, '1', '7'));
  expect(written.metadata.managedFields?.[0]?.time).toBe(time);
});
