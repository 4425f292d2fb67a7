import { expect, test } from 'vitest';
import { readEncryptionConfiguration } from '../../../../src/sim/apiserver/encryption/configuration.js';
import { EncryptedStore } from '../../../../src/sim/apiserver/encryption/encrypted-store.js';
import { resourceOfKey } from '../../../../src/sim/apiserver/encryption/resource-of-key.js';
import { resourceTransformers } from '../../../../src/sim/apiserver/encryption/transformers.js';
import { KindRegister } from '../../../../src/sim/apiserver/kind-register.js';
import { KINDS } from '../../../../src/sim/apiserver/kinds/index.js';
import { localEtcd } from '../../../../src/sim/apiserver/storage/etcd-access.js';
import { StorageState } from '../../../../src/sim/apiserver/storage/storage-state.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';
import { Store } from '../../../../src/sim/store/store.js';
import { testServer } from '../harness.js';

const KINDS_OF = new KindRegister(KINDS);
const KEY = (letter: string, bytes = 32) => Buffer.from(letter.repeat(bytes)).toString('base64');
const aescbc = (...keys: string[]) => `{aescbc: {keys: [${keys.join(', ')}]}}`;
const KEY1 = `{name: key1, secret: ${KEY('a')}}`;
const KEY2 = `{name: key2, secret: ${KEY('b')}}`;
const IDENTITY = '{identity: {}}';

/** A server on a store, which encrypts as a list of providers says; without one it has no configuration. */
function serverOn(store: Store, providers?: string, resources = 'secrets') {
  const text = `apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\nresources: [{resources: ["${resources}"], providers: [${providers}]}]\n`;
  const random = createRandom('encryption');
  const seen = () => {
    const choose = resourceTransformers(readEncryptionConfiguration(text, '/enc.yaml', false));
    return new EncryptedStore(
      store,
      (key) => choose(...resourceOfKey(KINDS_OF, key)),
      (count) => random.bytes(count),
    );
  };
  const etcd = localEtcd(providers === undefined ? store : seen());
  return testServer({ etcd, storage: new StorageState(etcd, () => 0) });
}

type Server = ReturnType<typeof serverOn>;
const PATH = '/api/v1/namespaces/default/secrets';

function send(server: Server, method: string, target: string, body?: object): { status: number; body: Answer } {
  const answer = server.request({
    method,
    target,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}),
  });
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body ?? []).toString('utf8')) as Answer };
}
interface Answer {
  readonly message?: string;
  readonly metadata: { readonly resourceVersion?: string };
  readonly data?: Record<string, string>;
  readonly items?: readonly { readonly metadata: { readonly name: string } }[];
}

const secret = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  stringData: { k: 'mydata' },
});
const make = (server: Server, name: string) => {
  send(server, 'POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  expect(send(server, 'POST', PATH, secret(name)).status).toBe(201);
};
/** What lies in etcd, byte for byte. */
function raw(store: Store, name: string): string {
  const value = store.get(`/registry/secrets/default/${name}`)?.value;
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : 'an object';
}

test.each([
  ['aescbc', `{aescbc: {keys: [${KEY1}]}}`, 'k8s:enc:aescbc:v1:key1:'],
  ['aesgcm, 24 bytes', `{aesgcm: {keys: [{name: k, secret: ${KEY('c', 24)}}]}}`, 'k8s:enc:aesgcm:v1:k:'],
  ['secretbox', `{secretbox: {keys: [${KEY1}]}}`, 'k8s:enc:secretbox:v1:key1:'],
])('%s: what is written is encrypted, and read back by another server with the same key', (_name, provider, prefix) => {
  const store = new Store();
  make(serverOn(store, `${provider}, ${IDENTITY}`), 'one');
  expect(raw(store, 'one').startsWith(prefix)).toBe(true);
  expect(raw(store, 'one')).not.toContain('mydata');
  expect(raw(store, 'one')).not.toContain('Secret');
  const other = send(serverOn(store, provider), 'GET', `${PATH}/one`);
  expect(other.body.data).toEqual({ k: Buffer.from('mydata').toString('base64') });
});

test('values of other resources, and what was there before, stay as they are', () => {
  const store = new Store();
  make(serverOn(store), 'old');
  const server = serverOn(store, `${aescbc(KEY1)}, ${IDENTITY}`);
  make(server, 'new');
  expect(raw(store, 'old')).toBe('an object');
  expect(store.get('/registry/namespaces/default')?.value).not.toBeInstanceOf(Uint8Array);
  expect(send(server, 'GET', PATH).body.items?.map(({ metadata }) => metadata.name)).toEqual(['new', 'old']);
});

test('a write that changes nothing is one where the value is kept in another way than it would be now', () => {
  const store = new Store();
  make(serverOn(store), 'one');
  const server = serverOn(store, `${aescbc(KEY1)}, ${IDENTITY}`);
  const replace = (on: Server) => send(on, 'PUT', `${PATH}/one`, send(on, 'GET', `${PATH}/one`).body);
  const revision = store.revision;
  replace(server);
  expect([raw(store, 'one').slice(0, 23), store.revision]).toEqual(['k8s:enc:aescbc:v1:key1:', revision + 1]);
  replace(server);
  expect(store.revision).toBe(revision + 1);
  const rotated = serverOn(store, aescbc(KEY2, KEY1));
  replace(rotated);
  expect([raw(store, 'one').slice(0, 23), store.revision]).toEqual(['k8s:enc:aescbc:v1:key2:', revision + 2]);
  const back = serverOn(store, `${IDENTITY}, ${aescbc(KEY2)}`);
  replace(back);
  expect(raw(store, 'one')).toBe('an object');
});

const AES = 'no matching key was found for the provided AES transformer';
const OTHER_KEY = `{name: key1, secret: ${KEY('z')}}`;

/** Recorded at kube-apiserver v1.36.0, which read a secret that `aescbc` with `key1` had written. */
test.each([
  ['no configuration', undefined, 'identity transformer tried to read encrypted data'],
  ['identity alone', IDENTITY, 'no matching prefix found'],
  ['another key', `${aescbc(KEY2)}, ${IDENTITY}`, AES],
  ['another secret of the same name', `${aescbc(OTHER_KEY)}, ${IDENTITY}`, /^invalid (padding on input|PKCS7 data)/],
])('%s: what cannot be read is an error, and its kind can be neither listed nor watched', (_name, providers, why) => {
  const store = new Store();
  make(serverOn(store, aescbc(KEY1)), 'enc');
  const server = serverOn(store, providers);
  const got = send(server, 'GET', `${PATH}/enc`);
  expect(got.status).toBe(500);
  const words = (got.body.message ?? '').replace('Internal error occurred: ', '');
  expect(words).toMatch(why);
  const named = `unable to transform key "/registry/secrets/default/enc": ${words}`;
  for (const target of [PATH, '/api/v1/secrets', '/api/v1/namespaces/other/secrets', `${PATH}?watch=1`]) {
    expect(send(server, 'GET', target)).toMatchObject({
      status: 429,
      body: { message: `storage is (re)initializing: failed to list *core.Secret: ${named}` },
    });
  }
  expect(send(server, 'DELETE', PATH)).toMatchObject({
    status: 500,
    body: { message: `Internal error occurred: ${named}` },
  });
  expect(send(server, 'DELETE', `${PATH}/enc`).status).toBe(500);
  expect(send(server, 'PUT', `${PATH}/enc`, secret('enc')).status).toBe(500);
  expect(send(server, 'POST', PATH, secret('enc')).status).toBe(409);
  const ready = server.request({ target: '/readyz?verbose' });
  expect(Buffer.from(ready.body ?? []).toString('utf8')).toContain('[-]informer-sync failed: reason withheld');
  store.delete('/registry/secrets/default/enc');
  expect(send(server, 'GET', PATH)).toMatchObject({ status: 200, body: { items: [] } });
});

test('without identity, what nobody encrypted cannot be read', () => {
  const store = new Store();
  make(serverOn(store), 'plain');
  const server = serverOn(store, aescbc(KEY1));
  expect(send(server, 'GET', `${PATH}/plain`).body.message).toBe('Internal error occurred: no matching prefix found');
});

test('a box is bound to its place where the way of encrypting binds it', () => {
  const store = new Store();
  const server = serverOn(store, `{aesgcm: {keys: [${KEY1}]}}`);
  make(server, 'one');
  const value = store.get('/registry/secrets/default/one')?.value as Uint8Array;
  store.put('/registry/secrets/default/two', value);
  expect(send(server, 'GET', `${PATH}/two`).body.message).toBe(
    'Internal error occurred: cipher: message authentication failed',
  );
});

test('everything may be encrypted, and the server goes on watching what it reads', () => {
  const store = new Store();
  const server = serverOn(store, aescbc(KEY1), '*.*');
  make(server, 'one');
  for (const { key, value } of store.content().entries) expect([key, value instanceof Uint8Array]).toEqual([key, true]);
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'bears.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'bears', singular: 'bear', kind: 'Bear', listKind: 'BearList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  };
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  expect(send(server, 'POST', definitions, definition).status).toBe(201);
  const bear = { apiVersion: 'example.com/v1', kind: 'Bear', metadata: { name: 'a' } };
  const bears = '/apis/example.com/v1/namespaces/default/bears';
  expect(send(server, 'POST', bears, bear).status).toBe(201);
  expect(send(server, 'GET', bears).body.items).toHaveLength(1);
});

test('the same seed encrypts alike, and no two values have the same beginning', () => {
  const values = [0, 1].map(() => {
    const store = new Store();
    const server = serverOn(store, aescbc(KEY1));
    make(server, 'one');
    make(server, 'two');
    return [raw(store, 'one').length, raw(store, 'one').slice(23, 39), raw(store, 'two').slice(23, 39)];
  });
  expect(values[0]).toEqual(values[1]);
  expect(values[0]?.[1]).not.toBe(values[0]?.[2]);
});

test('kinds whose keys lie side by side are stuck each for itself', () => {
  const store = new Store();
  const junk = new TextEncoder().encode('junk');
  store.put('/registry/services/endpoints/default/a', junk);
  store.put('/registry/services/specs/default/b', junk);
  const server = serverOn(store);
  for (const resource of ['endpoints', 'services']) {
    expect([resource, send(server, 'GET', `/api/v1/${resource}`).status]).toEqual([resource, 429]);
  }
  store.delete('/registry/services/specs/default/b');
  expect(send(server, 'GET', '/api/v1/services').status).toBe(200);
});

test('whatever a store can do, one that encrypts asks of the store behind it', () => {
  const inner: readonly string[] = ['countAt', 'checkRevision', 'logPosition'];
  const own = new Set(Object.getOwnPropertyNames(EncryptedStore.prototype));
  const missing = Object.getOwnPropertyNames(Store.prototype).filter((name) => !own.has(name));
  expect(missing.filter((name) => !inner.includes(name))).toEqual([]);
});
