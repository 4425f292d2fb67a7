import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { KINDS } from '../../../../src/sim/api/kinds.js';
import { decodeProtobuf, encodeProtobuf } from '../../../../src/sim/api/protobuf/codec.js';
import { apiVersionOf } from '../../../../src/sim/apiserver/served-kind.js';
import { filledObjects } from '../../../reference/protobuf/filled-objects.js';
import { readMessages } from '../../../reference/protobuf/recording.js';

const recorded = new Map(readMessages().map(({ id, protobuf }) => [id, protobuf]));

/** As JSON has it: a field that is undefined is not there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

// Recorded from k8s.io/api, apiextensions-apiserver and kube-aggregator of v1.36.0 by test/reference/protobuf/record.ts.
describe('every field of every kind', () => {
  test('no kind is left out', () => {
    const served = KINDS.map((kind) => `${apiVersionOf(kind)} ${kind.kind}`);
    expect(served.filter((kind) => !recorded.has(`${kind}, filled`))).toEqual([]);
    expect(filledObjects().map(({ id }) => id)).toEqual([...recorded.keys()]);
  });

  test.each(filledObjects().map(({ id, object }) => [id, object] as const))('%s', (id, object) => {
    const fromJson = decodeKind(object.apiVersion, object.kind, object);
    expect([fromJson?.typeError, fromJson?.unknown]).toEqual([undefined, []]);
    const bytes = recorded.get(id) as string;
    expect(plain(decodeProtobuf(Buffer.from(bytes, 'hex')))).toEqual(plain(fromJson?.object));
    expect(hex(encodeProtobuf(object))).toBe(bytes);
    expect(hex(encodeProtobuf(fromJson?.object as unknown as typeof object))).toBe(bytes);
  });
});
