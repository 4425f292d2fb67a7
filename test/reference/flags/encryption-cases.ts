/** Files of --encryption-provider-config, most of them wrong. */
import type { FlagCase } from './cases.js';

const HEAD = 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfiguration\n';
const KEY = (bytes: number, name = 'key1') => `{name: ${name}, secret: ${Buffer.alloc(bytes, 7).toString('base64')}}`;
const FLAG = 'encryption-provider-config';

function file(id: string, text: string | undefined, more: readonly string[] = []): FlagCase {
  const files = text === undefined ? {} : { 'enc.yaml': text };
  return { id: `encryption: ${id}`, files, flags: [`--${FLAG}=FOLDER/enc.yaml`, ...more] };
}
const resources = (id: string, list: string, providers = '[{identity: {}}]', more: readonly string[] = []): FlagCase =>
  file(id, `${HEAD}resources:\n- resources: ${list}\n  providers: ${providers}\n`, more);
const providers = (id: string, list: string, more: readonly string[] = []): FlagCase =>
  resources(id, '[secrets]', list, more);
const two = (id: string, first: string, second: string): FlagCase =>
  file(
    id,
    `${HEAD}resources:\n- resources: ${first}\n  providers: [{identity: {}}]\n- resources: ${second}\n  providers: [{aescbc: {keys: [${KEY(32)}]}}]\n`,
  );

export const ENCRYPTION_CASES: readonly FlagCase[] = [
  file('no file', undefined),
  { id: 'encryption: a folder', files: { 'enc.yaml': '' }, flags: [`--${FLAG}=FOLDER`] },
  file('empty', ''),
  file('a text', 'hello'),
  file('broken YAML', 'a: [b\n'),
  file('no kind', 'apiVersion: apiserver.config.k8s.io/v1\n'),
  file('no version', 'kind: EncryptionConfiguration\n'),
  file('unknown kind', 'apiVersion: apiserver.config.k8s.io/v1\nkind: EncryptionConfig\n'),
  file('another kind', 'apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\n'),
  file('beta', 'apiVersion: apiserver.config.k8s.io/v1beta1\nkind: EncryptionConfiguration\n'),
  file(
    'old name',
    'apiVersion: v1\nkind: EncryptionConfig\nresources: [{resources: [secrets], providers: [{identity: {}}]}]\n',
  ),
  file('old version', 'apiVersion: v1\nkind: EncryptionConfiguration\nresources: []\n'),
  file('no resources', HEAD),
  file('resources a map', `${HEAD}resources: {}\n`),
  file('unknown field', `${HEAD}resources:\n- resources: [secrets]\n  provider: [{identity: {}}]\n`),
  file('field twice', `${HEAD}resources: []\nresources: []\n`),
  file('an empty entry', `${HEAD}resources:\n- {}\n`),
  resources('no names', '[]'),
  resources('capitals', '[Secrets]'),
  resources('a star', '["*"]'),
  resources('core', '["*."]'),
  resources('everything', '["*.*"]'),
  resources('a group', '["*.apps", pandas.awesome.bears.example]'),
  resources('across groups', '["pods.*"]'),
  resources('no REST', '[serviceipallocations]'),
  resources('events', '[events.events.k8s.io]'),
  resources('extensions', '[ingresses.extensions]'),
  resources('twice', '[secrets, configmaps, secrets]'),
  resources('overlap', '[secrets, "*."]'),
  resources('overlap of everything', '["*.*", secrets]'),
  resources('twice and overlap', '["*.", "*."]'),
  two('masked by a group', '["*."]', '[secrets]'),
  two('masked by everything', '["*.*"]', '[deployments.apps]'),
  two('masked, a group', '["*.*"]', '["*.apps"]'),
  two('named before its group', '[secrets]', '["*."]'),
  two('the same in two entries', '[secrets]', '[secrets]'),
  providers('no providers', '[]'),
  providers('an empty one', '[{}]'),
  providers('unknown', '[{aes: {}}]'),
  providers('identity null', '[{identity: }]'),
  providers('two in one', `[{identity: {}, aescbc: {keys: [${KEY(32)}]}}]`),
  providers('aescbc without keys', '[{aescbc: {}}]'),
  providers('aescbc, no keys', '[{aescbc: {keys: []}}]'),
  providers('aescbc, 31 bytes', `[{aescbc: {keys: [${KEY(31)}]}}]`),
  providers('aescbc, 16 bytes', `[{aescbc: {keys: [${KEY(16)}]}}, {identity: {}}]`),
  providers('aesgcm, 24 bytes', `[{aesgcm: {keys: [${KEY(24)}]}}, {identity: {}}]`),
  providers('aesgcm, two bad keys', `[{aesgcm: {keys: [${KEY(8)}, ${KEY(33, 'key2')}]}}]`),
  providers('secretbox, 16 bytes', `[{secretbox: {keys: [${KEY(16)}]}}]`),
  providers('secretbox', `[{secretbox: {keys: [${KEY(32)}]}}, {identity: {}}]`),
  providers('not base64', '[{aescbc: {keys: [{name: key1, secret: "not base64!"}]}}]'),
  providers('not padded', '[{aescbc: {keys: [{name: key1, secret: "YWJj"}, {name: key2, secret: YWI}]}}]'),
  providers('no name, no secret', '[{aescbc: {keys: [{}]}}]'),
  providers('secret a number', '[{aescbc: {keys: [{name: key1, secret: 5}]}}]'),
  providers('kms without anything', '[{kms: {}}]'),
  providers('kms v1', '[{kms: {name: a, endpoint: "unix:///tmp/a.sock"}}]'),
  providers('kms v3', '[{kms: {apiVersion: v3, name: "a:b", endpoint: "tcp://a", timeout: 0s, cachesize: 5}}]'),
  providers('kms v1, no cache', '[{kms: {name: "a:b", endpoint: "tcp://a", timeout: -1s, cachesize: 0}}]'),
  providers(
    'kms twice',
    '[{kms: {apiVersion: v2, name: a, endpoint: "unix:///a"}}, {kms: {apiVersion: v2, name: a, endpoint: "unix:///a"}}]',
  ),
  providers('read again', `[{aescbc: {keys: [${KEY(32)}]}}]`, [`--${FLAG}-automatic-reload=true`]),
  { id: 'encryption: read again, no file', files: {}, flags: [`--${FLAG}-automatic-reload`] },
];
