import { describe, expect, test } from 'vitest';
import { formatImageReference, parseImageReference, withDefaultTag } from '../../../src/sim/api/image-reference.js';
import { NginxConfigError, readNginxConfig } from '../../../src/sim/images/nginx/config.js';
import { readSites } from '../../../src/sim/images/nginx/sites.js';
import { chooseLocation } from '../../../src/sim/images/nginx/tables.js';
import { imagePrograms } from '../../../src/sim/images/programs.js';
import { createRegistry } from '../../../src/sim/images/registry.js';
import { programs } from '../../../src/sim/programs/register.js';
import { coreutils } from '../../../src/sim/shell/coreutils/index.js';

const DIGEST = `sha256:${'ab'.repeat(32)}`;

describe('references in full', () => {
  test.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['calico/node:v3.31.2', 'docker.io/calico/node:v3.31.2'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
    ['localhost:5000/a', 'localhost:5000/a:latest'],
    [`nginx@${DIGEST}`, `docker.io/library/nginx@${DIGEST}`],
    ['Nginx', undefined],
    ['nginx:', undefined],
    ['nginx:a b', undefined],
    ['', undefined],
  ])('%s', (text, full) => {
    const reference = parseImageReference(text);
    expect(reference && formatImageReference(reference)).toBe(full);
  });
  test.each([
    ['busybox', 'busybox:latest'],
    ['busybox:1', 'busybox:1'],
    [`busybox@${DIGEST}`, `busybox@${DIGEST}`],
  ])('kubelet asks for %s as %s', (text, asked) => expect(withDefaultTag(text)).toBe(asked));
});

describe('what can be pulled', () => {
  const registry = createRegistry();
  test.each([
    ['docker.io/library/nginx', 'latest', undefined],
    ['docker.io/library/nginx', '1.27.4-alpine', undefined],
    ['docker.io/library/nginx', '1.99', 'not-found'],
    ['docker.io/polinux/stress', '1.0.4', undefined],
    ['docker.io/polinux/stress', '2', 'not-found'],
    ['docker.io/library/nginx', 'lastest', 'not-found'],
    ['docker.io/library/ngnix', 'latest', 'denied'],
    ['registry.k8s.io/kube-apiserver', 'v1.36.0', undefined],
    ['registry.k8s.io/kube-apiserver', 'v1.99.0', 'not-found'],
    ['registry.example.test/app', 'v1', 'no-host'],
  ])('%s:%s', (name, tag, refused) => {
    const found = registry.find(name, tag);
    expect('refused' in found ? found.refused : undefined).toBe(refused);
  });
  test('one image under two names is one image', () => {
    const [latest, numbered] = ['latest', '1.37'].map((tag) => registry.find('docker.io/library/busybox', tag));
    expect(latest && 'id' in latest && latest.id).toBe(numbered && 'id' in numbered && numbered.id);
  });
});

describe("nginx's configuration", () => {
  const read = (text: string, more: Record<string, string> = {}) =>
    readNginxConfig('/n', {
      read: (path) => (path === '/n' ? text : (more[path] ?? missing())),
      glob: () => Object.keys(more).sort(),
    });
  const missing = (): never => {
    throw new NginxConfigError('open() "/no.conf" failed (2: No such file or directory)');
  };
  test.each([
    ['http {', 'unexpected end of file, expecting "}" in /n:1'],
    ['http {}}', 'unexpected "}" in /n:1'],
    ['worker 1;', 'unknown directive "worker" in /n:1'],
    ['http { include /no.conf; }', 'open() "/no.conf" failed (2: No such file or directory) in /n:1'],
  ])('%s is refused', (text, words) => {
    const act = () => readSites(read(text));
    expect(act).toThrow(NginxConfigError);
    expect(act).toThrow(words);
  });
  test('sites and locations are chosen as nginx does', () => {
    const { sites, table } = readSites(
      read(
        'http { server { listen 80; server_name a; location / { root /a; } location = /x { return 204; } location ~ \\.php$ { return 403; } location /img/ { root /i; } } include c/*; }',
        { '/c': 'server { listen 8080 default_server; server_name b; root /b; }' },
      ),
    );
    expect(sites.map(({ listens, names }) => [listens.map(({ port }) => port), names])).toEqual([
      [[80], ['a']],
      [[8080], ['b']],
    ]);
    const site = table.choose(80, 'unknown');
    expect(site?.names).toEqual(['a']);
    const paths = ['/', '/x', '/y.php', '/img/z.png'].map((path) => site && chooseLocation(site, path).path);
    expect(paths).toEqual(['/', '/x', '\\.php$', '/img/']);
    expect(table.choose(81, 'a')).toBeUndefined();
  });
});

test("no program of an image takes the name of a host's", () => {
  const taken = new Set([...Object.keys(coreutils), ...programs.map(({ name }) => name)]);
  expect(Object.keys(imagePrograms).filter((name) => taken.has(name))).toEqual([]);
});
