import { describe, expect, test } from 'vitest';
import { decodeKind } from '../../../../src/sim/api/decode.js';
import { kindType } from '../../../../src/sim/api/facts/fact-types.js';
import { decodeProtobuf, encodeProtobuf } from '../../../../src/sim/api/protobuf/codec.js';
import { hasVectors, readArchive } from '../vectors.js';

const ARCHIVE = 'api-objects.tar.gz';

/** Since 0.33 pods and their conditions have an observedGeneration, which is written even when it is 0. */
const GROWN = new Set(['core.v1.Pod', 'core.v1.PodStatusResult']);

interface Sample {
  readonly name: string;
  readonly json: { apiVersion: string; kind: string };
  readonly protobuf: Buffer;
}

/** One fully filled object of each kind, as Kubernetes 0.32.4 wrote it. Kinds this project's table has, the stable ones. */
function samples(): Sample[] {
  if (!hasVectors(ARCHIVE)) return [];
  const files = readArchive(ARCHIVE);
  return [...files]
    .filter(([name]) => name.endsWith('.json'))
    .map(([name, bytes]) => ({
      name: name.slice(0, -5),
      json: JSON.parse(bytes.toString('utf8')),
      protobuf: files.get(name.replace(/json$/, 'pb')) as Buffer,
    }))
    .filter(({ json }) => json.apiVersion !== undefined && kindType(json.apiVersion, json.kind) !== undefined);
}

const found = samples();

describe.skipIf(found.length === 0)('objects recorded from Kubernetes 0.32.4', () => {
  test('are those of the stable groups', () => {
    expect(found.length).toBeGreaterThan(60);
  });

  test.each(found.map((sample) => [sample.name, sample] as const))(
    '%s reads alike from JSON and from protobuf',
    (_, sample) => {
      const fromJson = decodeKind(sample.json.apiVersion, sample.json.kind, sample.json);
      expect(fromJson?.typeError).toBeUndefined();
      expect(decodeProtobuf(sample.protobuf)).toEqual(fromJson?.object);
    },
  );

  test.each(found.map((sample) => [sample.name, sample] as const))('%s is written byte for byte', (_, sample) => {
    const bytes = encodeProtobuf(decodeProtobuf(sample.protobuf) as unknown as { apiVersion: string; kind: string });
    if (!GROWN.has(sample.name)) expect(Buffer.from(bytes).equals(sample.protobuf)).toBe(true);
    expect(decodeProtobuf(bytes)).toEqual(decodeProtobuf(sample.protobuf));
  });

  test.each(found.map((sample) => [sample.name, sample] as const))('%s has no field unknown in 0.36', (_, sample) => {
    expect(decodeKind(sample.json.apiVersion, sample.json.kind, sample.json)?.unknown).toEqual([]);
  });
});
