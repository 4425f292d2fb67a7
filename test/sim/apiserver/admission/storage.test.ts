import { beforeEach, describe, expect, test } from 'vitest';
import { admissionChain } from '../../../../src/sim/apiserver/admission/chain.js';
import { type TestServer, testServer } from '../harness.js';

const CLASSES = '/apis/storage.k8s.io/v1/storageclasses';
const CLAIMS = '/api/v1/namespaces/default/persistentvolumeclaims';
const DEFAULT = { 'storageclass.kubernetes.io/is-default-class': 'true' };
const BYTES = new TextEncoder();
const UTF8 = new TextDecoder();

interface Stored {
  metadata: { finalizers?: string[]; deletionTimestamp?: string };
  spec: { storageClassName?: string };
  message?: string;
}

let server: TestServer;

beforeEach(() => {
  server = testServer({ admission: admissionChain() });
  send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
});

/** Sends JSON and reads the answer. */
function send(method: string, target: string, object?: object, type = 'application/json') {
  const body = object && BYTES.encode(JSON.stringify(object));
  const headers = { accept: 'application/json', 'content-type': type };
  const answer = server.request({ method, target, headers, ...(body ? { body } : {}) });
  const text = answer.object ?? JSON.parse(UTF8.decode(answer.body ?? new Uint8Array()));
  return { status: answer.status, body: text as unknown as Stored };
}

function storageClass(name: string, more: object = {}, annotations: object = {}) {
  const metadata = { name, annotations };
  const object = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata, provisioner: 'example.com/disk' };
  return send('POST', CLASSES, { ...object, ...more });
}

function claim(name: string, spec: object = {}) {
  const base = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const object = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name }, spec: { ...base, ...spec } };
  return send('POST', CLAIMS, object);
}

function grow(name: string) {
  const patch = { spec: { resources: { requests: { storage: '2Gi' } } } };
  return send('PATCH', `${CLAIMS}/${name}`, patch, 'application/merge-patch+json');
}

describe('a claim', () => {
  test.each([
    ['names no class, and there is none', [], undefined, undefined],
    ['names no class', [['usual', DEFAULT]], undefined, 'usual'],
    [
      'names no class, of two the first by name counts',
      [
        ['b', DEFAULT],
        ['a', DEFAULT],
      ],
      undefined,
      'a',
    ],
    ['names one itself', [['usual', DEFAULT]], 'other', 'other'],
    ['wants none', [['usual', DEFAULT]], '', ''],
  ] as const)('%s', (_, classes, asked, got) => {
    for (const [name, annotations] of classes) storageClass(name, {}, annotations);
    const { body } = claim('data', asked === undefined ? {} : { storageClassName: asked });
    expect(body.spec.storageClassName).toBe(got);
  });

  test('stays after its deletion while somebody protects it', () => {
    expect(claim('data').body.metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
    send('DELETE', `${CLAIMS}/data`);
    expect(send('GET', `${CLAIMS}/data`).body.metadata.deletionTimestamp).toBeDefined();
  });

  test.each([
    ['is not bound', 'Pending', true, 422, 'spec is immutable after creation except resources.requests'],
    [
      'has a class that forbids it',
      'Bound',
      false,
      403,
      'the storageclass that provisions the pvc must support resize',
    ],
    ['may grow', 'Bound', true, 200, ''],
  ] as const)('%s', (_, phase, allowVolumeExpansion, status, words) => {
    storageClass('growing', { allowVolumeExpansion });
    claim('data', { storageClassName: 'growing' });
    send('PATCH', `${CLAIMS}/data/status`, { status: { phase } }, 'application/merge-patch+json');
    const answer = grow('data');
    expect(answer.status, answer.body.message).toBe(status);
    expect(answer.body.message ?? '').toContain(words);
  });
});
