import { describe, expect, test } from 'vitest';
import { imageReferenceError, parseImageReference } from '../../../../src/sim/api/image-reference.js';
import { createRegistry } from '../../../../src/sim/images/registry.js';
import { pullRefusal } from '../../../../src/sim/kubelet/containerd/pull-words.js';

/** containerd v2.1.4: internal/cri/server/images/image_pull.go, core/transfer/local/pull.go and core/remotes/docker. */
describe('what containerd says to a pull that cannot be', () => {
  const registry = createRegistry();
  const account = { username: 'drill', password: 'kube-drill' };
  const other = { username: 'drill', password: 'no' };
  const denied = 'pull access denied, repository does not exist or may require authorization';
  test.each([
    ['nginx:1.99', undefined, 'docker.io/library/nginx:1.99: not found'],
    ['ngnix', undefined, `${denied}: server message: insufficient_scope: authorization failed`],
    ['hashicorp/htp-echo', undefined, `${denied}: server message: insufficient_scope: authorization failed`],
    ['acme/does-not-exist:v1', undefined, `${denied}: server message: insufficient_scope: authorization failed`],
    ['registry.k8s.io/kube-apiservr:v1.36.0', undefined, 'registry.k8s.io/kube-apiservr:v1.36.0: not found'],
    [
      'nginx',
      account,
      'failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.docker.io/token?scope=repository%3Alibrary%2Fnginx%3Apull&service=registry.docker.io: 401 Unauthorized',
    ],
    [
      'ghcr.io/acme/fake:1',
      undefined,
      'failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Ffake%3Apull&service=ghcr.io: 403 Forbidden',
    ],
    [
      'quay.io/acme/missing:1',
      undefined,
      'unexpected status from HEAD request to https://quay.io/v2/acme/missing/manifests/1: 401 UNAUTHORIZED',
    ],
    ['registry.kubedrill.test/a/nginx', undefined, `${denied}: authorization failed: no basic auth credentials`],
    [
      'registry.kubedrill.test/a/nginx:1.29',
      other,
      'unexpected status from HEAD request to https://registry.kubedrill.test/v2/a/nginx/manifests/1.29: 401 Unauthorized',
    ],
    ['registry.kubedrill.test/a/nginx:1.29', account, undefined],
    [
      'registry.example.com/app:v1',
      undefined,
      'failed to do request: Head "https://registry.example.com/v2/app/manifests/v1": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host',
    ],
    [
      'localhost:5000/app',
      undefined,
      'failed to do request: Head "http://localhost:5000/v2/app/manifests/latest": dial tcp 127.0.0.1:5000: connect: connection refused',
    ],
  ])('%s', (text, credentials, words) => {
    const reference = parseImageReference(text);
    if (!reference) throw new Error(text);
    const found = registry.find(`${reference.host}/${reference.path}`, reference.tag ?? '', credentials);
    if (!('refused' in found)) return expect(words).toBeUndefined();
    const { message, code } = pullRefusal(reference, found.refused, { nameserver: '10.0.0.2' });
    const full = `${reference.host}/${reference.path}:${reference.tag}`;
    expect(message).toBe(`failed to pull and unpack image "${full}": failed to resolve image: ${words}`);
    expect(code).toBe(words?.endsWith(': not found') ? 'NotFound' : 'Unknown');
  });
});

/** distribution/reference v0.6.0, ParseNormalizedNamed. */
describe('why a name is none', () => {
  test.each([
    ['Nginx', 'invalid reference format: repository name (library/Nginx) must be lowercase'],
    ['acme/Shop:1', 'invalid reference format: repository name (acme/Shop) must be lowercase'],
    ['nginx:', 'invalid reference format'],
    ['nginx:1.27:2', 'invalid reference format'],
    ['nginx latest', 'invalid reference format'],
    ['-nginx', 'invalid reference format'],
    ['', 'invalid reference format'],
    ['ab'.repeat(32), `invalid repository name (${'ab'.repeat(32)}), cannot specify 64-byte hexadecimal strings`],
  ])('%s', (text, why) => expect(imageReferenceError(text)).toBe(why));
});
