import { expect, test } from 'vitest';
import type { ManagedFieldsEntry } from '../../../../src/sim/api/object.js';
import { upgradedEntries } from '../../../../src/sim/kubectl/apply/upgrade-managers.js';

const entry = (manager: string, operation: string, fields: object, apiVersion = 'apps/v1'): ManagedFieldsEntry =>
  ({ manager, operation, apiVersion, fieldsType: 'FieldsV1', fieldsV1: fields }) as ManagedFieldsEntry;

const [A, B] = [{ 'f:spec': { 'f:a': {} } }, { 'f:spec': { 'f:b': {} } }];
const BOTH = { 'f:spec': { 'f:a': {}, 'f:b': {} } };
const OTHER = entry('other', 'Update', A);

test.each([
  ['nobody to upgrade', [OTHER], undefined],
  ['an updater becomes the applier', [entry('old', 'Update', A), OTHER], [entry('kubectl', 'Apply', A), OTHER]],
  [
    'an applier takes the fields over',
    [entry('kubectl', 'Apply', A), OTHER, entry('old', 'Update', B)],
    [entry('kubectl', 'Apply', BOTH), OTHER],
  ],
  [
    'fields of another version are let go',
    [entry('kubectl', 'Apply', A), entry('old', 'Update', B, 'apps/v1beta1')],
    [entry('kubectl', 'Apply', A)],
  ],
])('%s', (_, before, after) => {
  expect(upgradedEntries(before, new Set(['old']), 'kubectl')).toEqual(after);
});
