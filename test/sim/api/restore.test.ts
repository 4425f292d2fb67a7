import { describe, expect, it } from 'vitest';
import { restoreError } from '../../../src/sim/api/restore.js';

/** What k8s.io/apimachinery v0.36.0's converter says; the first two are also recorded from a real server. */
const CASES: readonly (readonly [field: string, value: unknown, error: string | undefined])[] = [
  ['containers', { name: 'x' }, 'cannot restore slice from map'],
  ['priority', 'three', 'unrecognized type: int32'],
  ['priority', true, 'unrecognized type: int32'],
  ['priority', 3, undefined],
  ['priority', 3.5, 'cannot convert float64 to int32'],
  ['priority', null, undefined],
  ['hostname', 3, 'cannot convert int64 to string'],
  ['hostname', 3.5, 'unrecognized type: string'],
  ['hostname', ['x'], 'unrecognized type: string'],
  ['restartPolicy', 3, 'cannot convert int64 to v1.RestartPolicy'],
  ['hostNetwork', 'yes', 'unrecognized type: bool'],
  ['nodeSelector', ['x'], 'cannot restore map from slice'],
  ['nodeSelector', { a: 1 }, 'cannot convert int64 to string'],
  ['securityContext', 'x', 'cannot restore struct from: string'],
  ['containers', [{ name: 'a' }, { name: 'b', ports: 80 }], 'cannot restore slice from int64'],
  [
    'overhead',
    { cpu: 'much' },
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
  ['bogus', 1, undefined],
];

describe('values that Go restores by reflection', () => {
  it.each(CASES)('%s: %j', (field, value, error) => {
    expect(restoreError('v1', 'Pod', { metadata: { name: 'a' }, spec: { [field]: value } })).toBe(error);
  });

  it('are bytes and times as well', () => {
    expect(restoreError('v1', 'Secret', { data: { a: '*' } })).toBe(
      'error decoding from json: illegal base64 data at input byte 0',
    );
    expect(restoreError('v1', 'Secret', { data: { a: 1 } })).toBe('cannot restore slice from int64');
    expect(restoreError('v1', 'Secret', { metadata: { creationTimestamp: 1 } })).toBe(
      'json: cannot unmarshal number into Go value of type string',
    );
  });
});
