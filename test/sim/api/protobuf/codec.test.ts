import { describe, expect, test } from 'vitest';
import {
  decodeProtobuf,
  encodeProtobuf,
  encodeWatchFrame,
  hasProtobuf,
  isProtobuf,
  ProtobufError,
} from '../../../../src/sim/api/protobuf/codec.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' }, spec: {}, status: {} };

describe('the protobuf envelope', () => {
  // Every field by hand: magic, TypeMeta, then the Namespace with ObjectMeta as gogo writes it (strings even when empty).
  const typeMeta = '0a0f0a02763112094e616d657370616365';
  const meta = '0a016112001a0022002a00320038004200';

  test('begins with k8s and a zero, and names the kind', () => {
    expect(hex(encodeProtobuf(namespace)).startsWith(`6b387300${typeMeta}12`)).toBe(true);
  });

  test('holds metadata with empty strings and zero generation', () => {
    expect(hex(encodeProtobuf(namespace))).toContain(meta);
  });

  test.each([
    ['a namespace', namespace],
    [
      'a service with ports of both kinds',
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 's', labels: { b: '2', a: '1' } },
        spec: {
          ports: [
            { name: 'x', protocol: 'TCP', port: 80, targetPort: 'http' },
            { name: 'y', port: 81, targetPort: 8081 },
          ],
        },
        status: { loadBalancer: {} },
      },
    ],
    [
      'a secret',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, data: { a: 'aGVsbG8=', b: '' }, type: 'Opaque' },
    ],
    [
      'a lease with microseconds',
      {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name: 'l', creationTimestamp: '2026-01-02T03:04:05Z' },
        spec: { renewTime: '2026-01-02T03:04:05.000006Z', leaseTransitions: -1 },
      },
    ],
    [
      'a list',
      {
        apiVersion: 'v1',
        kind: 'ConfigMapList',
        metadata: { resourceVersion: '5' },
        items: [{ metadata: { name: 'c' }, data: { k: 'ü' } }],
      },
    ],
    [
      'a user with extra values',
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenReview',
        metadata: {},
        spec: { token: 't' },
        status: { user: { username: 'u', extra: { scopes: ['a', 'b'] } } },
      },
    ],
    [
      'delete options',
      {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        gracePeriodSeconds: 0,
        propagationPolicy: 'Foreground',
        dryRun: ['All'],
      },
    ],
  ])('%s comes back as it went', (_, object) => {
    expect(decodeProtobuf(encodeProtobuf(object))).toEqual(object);
  });

  test('is told apart from JSON', () => {
    expect([isProtobuf(encodeProtobuf(namespace)), isProtobuf(Buffer.from('{}'))]).toEqual([true, false]);
  });

  test('is not for custom resources', () => {
    expect([hasProtobuf('v1', 'Pod'), hasProtobuf('example.com/v1', 'Widget')]).toEqual([true, false]);
    expect(() => encodeProtobuf({ apiVersion: 'example.com/v1', kind: 'Widget' })).toThrow(ProtobufError);
  });

  test.each([
    ['JSON', Buffer.from('{"a":1}')],
    ['nothing', new Uint8Array()],
    ['a cut message', encodeProtobuf(namespace).slice(0, 12)],
    ['a kind nobody knows', Buffer.from('6b3873000a080a0276311202586f', 'hex')],
  ])('%s is refused', (_, bytes) => {
    expect(() => decodeProtobuf(bytes)).toThrow(ProtobufError);
  });

  test('frames watch events with four bytes of length', () => {
    const frame = encodeWatchFrame('ADDED', namespace);
    expect(new DataView(frame.buffer).getUint32(0)).toBe(frame.length - 4);
    expect(hex(frame.slice(4, 11))).toBe('0a054144444544');
    expect(hex(frame)).toContain('6b387300');
  });
});
