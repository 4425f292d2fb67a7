import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { DOCKER_ARCHIVE, HOLLOW_ARCHIVE, OCI_ARCHIVE, tar } from '../archives/archives.js';
import type { FakeRun } from '../fake-cluster.js';
import { judged, saying } from '../graded.js';

const damaged = Buffer.from(DOCKER_ARCHIVE);
damaged[0] = 0x7a;
const FILES = Object.fromEntries(
  Object.entries({
    '/docker.tar': DOCKER_ARCHIVE,
    '/docker.tgz': gzipSync(DOCKER_ARCHIVE),
    '/oci.tar': OCI_ARCHIVE,
    '/damaged.tar': damaged,
    '/cut.tgz': gzipSync(DOCKER_ARCHIVE).subarray(0, 60),
    '/other.tar': tar({ 'readme.txt': 'hello' }),
    '/broken.tar': tar({ 'manifest.json': 'no' }),
    '/broken-oci.tar': tar({ 'oci-layout': '{}', 'index.json': '{}' }),
    '/bare.tar': tar({ 'manifest.json': '[{"Config":"none","RepoTags":null,"Layers":["1"]}]' }),
    '/empty.tar': tar({ 'manifest.json': '[{}]' }),
    '/hollow.tar': HOLLOW_ARCHIVE,
    '/text': Buffer.from('hello'),
  }).map(([path, content]) => [`cka1-node1:${path}`, { content }]),
);
const image = (more: object, condition: object = {}): Subject => ({ image: { host: 'node01', ...more }, ...condition });
const inside = (path: string, jsonpath: string, condition: object): Subject => image({ path, jsonpath }, condition);

test.each<[Subject, string]>([
  [image({ path: '/docker.tar' }), '✓ image in /docker.tar / shop:1.2'],
  [image({ path: '/docker.tgz', tag: 'shop:1.2' }), '✓ image shop:1.2 in /docker.tgz / shop:1.2'],
  [image({ path: '/docker.tar', tag: 'shop:1.3' }), '✗ image shop:1.3 in /docker.tar / shop:1.2'],
  [image({ path: '/docker.tar', tag: 'shop' }), '✗ image shop in /docker.tar / shop:1.2'],
  [image({ path: '/docker.tar', tag: 'docker.io/shop:1.2' }), '✓ image docker.io/shop:1.2 in /docker.tar / shop:1.2'],
  [image({ path: '/docker.tar', tag: 'quay.io/shop:1.2' }), '✗ image quay.io/shop:1.2 in /docker.tar / shop:1.2'],
  [
    image({ path: '/docker.tar', tag: 'shop:1.2', there: false }),
    '✗ no image shop:1.2 in /docker.tar / it is there: shop:1.2',
  ],
  [image({ path: '/docker.tar', tag: 'x', there: false }), '✓ no image x in /docker.tar / shop:1.2'],
  [image({ path: '/none', tag: 'x', there: false }), '✗ no image x in /none / no file /none'],
  [
    image({ path: '/oci.tar', tag: 'shop:1.2', format: 'oci' }),
    '✓ image shop:1.2 in /oci.tar / docker.io/library/shop:1.2',
  ],
  [image({ path: '/oci.tar', tag: 'many:1' }), '✓ image many:1 in /oci.tar / localhost/many:1'],
  [image({ path: '/oci.tar', format: 'docker' }), '✗ a docker archive / an oci archive'],
  [image({ path: '/docker.tar', format: 'oci' }), '✗ an oci archive / a docker archive'],
  [image({ path: '/docker.tar', layers_max: 3 }), '✓ image in /docker.tar / shop:1.2'],
  [image({ path: '/docker.tar', layers_max: 2 }), '✗ at most 2 layers / 3 layers'],
  [image({ path: '/oci.tar', layers_max: 1 }), '✗ at most 1 layer / 2 layers'],
  [image({ path: '/docker.tar', size_max: '1Ki' }), `✗ at most 1Ki / ${DOCKER_ARCHIVE.length} bytes`],
  [image({ path: '/docker.tar', size_max: DOCKER_ARCHIVE.length }), '✓ image in /docker.tar / shop:1.2'],
  [inside('/docker.tar', '$.config.User', { equals: '1000' }), '✓ $.config.User 1000 / $.config.User 1000'],
  [inside('/docker.tar', '$.config.User', { equals: 'root' }), '✗ $.config.User root / $.config.User 1000'],
  [
    inside('/oci.tar', '$.config.Entrypoint', { equals: ['/app'] }),
    '✓ $.config.Entrypoint ["/app"] / $.config.Entrypoint ["/app"]',
  ],
  [
    image({ path: '/oci.tar', tag: 'many:1', jsonpath: '$.architecture' }, { equals: 'arm64' }),
    '✗ $.architecture arm64 / $.architecture amd64',
  ],
  [image({ path: '/bare.tar' }), '✓ image in /bare.tar / an image without a tag'],
  [image({ path: '/bare.tar', tag: 'x' }), '✗ image x in /bare.tar / an image without a tag'],
  [inside('/bare.tar', '$.config', { absent: true }), '✗ image in /bare.tar / its configuration cannot be read'],
  [image({ path: '/empty.tar', layers_max: 1 }), '✗ at most 1 layer / its manifest cannot be read'],
  [image({ path: '/hollow.tar', layers_max: 1 }), '✗ at most 1 layer / its manifest cannot be read'],
  [image({ path: '/hollow.tar', tag: 'x' }), '✗ image x in /hollow.tar / an image without a tag'],
  [image({ path: '/hollow.tar' }), '✓ image in /hollow.tar / an image without a tag'],
  [inside('/hollow.tar', '$.config', { absent: true }), '✗ image in /hollow.tar / its configuration cannot be read'],
  [image({ path: '/oci.tar', tag: 'many:1', layers_max: 2 }), '✓ image many:1 in /oci.tar / localhost/many:1'],
  [image({ path: '/damaged.tar' }), '✗ image in /damaged.tar / it is no tar archive'],
  [image({ path: '/cut.tgz' }), '✗ image in /cut.tgz / it is no tar archive'],
  [image({ path: '/text' }), '✗ image in /text / it is no tar archive'],
  [image({ path: '/other.tar' }), '✗ image in /other.tar / it holds no image: neither manifest.json nor oci-layout'],
  [image({ path: '/broken.tar' }), '✗ image in /broken.tar / its manifest.json cannot be read'],
  [image({ path: '/broken-oci.tar' }), '✗ image in /broken-oci.tar / its index.json cannot be read'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, { files: FILES })).toBe(says);
});

const CRI = {
  images: [
    { repoTags: ['docker.io/library/nginx:1.27'], size: '1000' },
    { repoTags: ['registry.k8s.io/pause:3.10'] },
    { repoTags: ['docker.io/library/busybox:latest'] },
  ],
};
const SPEC = { info: { imageSpec: { config: { User: '101' } } } };
const run: FakeRun = (who, [program, ...argv]) => {
  if (who !== 'cka1-node1' && program !== 'podman') return { code: 1, stderr: 'permission denied' };
  const said = (value: unknown) => ({ stdout: JSON.stringify(value) });
  if (program === 'crictl') return argv[0] === 'images' ? said(CRI) : said(SPEC);
  if (program === 'podman')
    return argv[0] === 'images'
      ? said([{ Size: 20 }, { Names: ['localhost/shop:1'], Size: 50 }])
      : said([{ Config: { Entrypoint: ['/x'] }, Architecture: 'amd64' }]);
  if (argv[0] === 'images')
    return { stdout: '{"Repository":"shop","Tag":"1"}\n{"Repository":"<none>","Tag":"<none>"}\n' };
  return { code: 1, stderr: 'cannot tell\n' };
};
const NGINX = 'image nginx:1.27 in containerd of cka1-node1';
test.each<[Subject, string]>([
  [image({ tag: 'nginx:1.27' }), `✓ ${NGINX} / docker.io/library/nginx:1.27`],
  [image({ tag: 'nginx:1.27', there: false }), `✗ no ${NGINX} / it is there: docker.io/library/nginx:1.27`],
  [
    image({ tag: 'nginx' }),
    '✗ image nginx in containerd of cka1-node1 / docker.io/library/nginx:1.27, registry.k8s.io/pause:3.10, docker.io/library/busybox:latest',
  ],
  [image({ tag: 'busybox' }), '✓ image busybox in containerd of cka1-node1 / docker.io/library/busybox:latest'],
  [image({ tag: 'nginx:1.27', jsonpath: '$.config.User' }), `✓ ${NGINX} / docker.io/library/nginx:1.27`],
  [image({ tag: 'nginx:1.27', size_max: 1000 }), `✓ ${NGINX} / docker.io/library/nginx:1.27`],
  [image({ tag: 'nginx:1.27', size_max: 999 }), '✗ at most 999 / 1000 bytes'],
  [image({ tag: 'nginx:1.27', layers_max: 3 }), '✗ at most 3 layers / the runtime does not tell of layers'],
  [image({ tag: 'registry.k8s.io/pause:3.10', size_max: 1 }), '✗ at most 1 / the runtime does not tell of sizes'],
  [
    image({ tag: 'nginx:1.27', jsonpath: '$.config.User' }, { equals: '101' }),
    '✓ $.config.User 101 / $.config.User 101',
  ],
  [image({ tag: 'nginx:1.27', jsonpath: '$.config.User' }, { equals: '0' }), '✗ $.config.User 0 / $.config.User 101'],
  [
    image({ tag: 'shop:1', runtime: 'podman', as: 'candidate' }),
    '✓ image shop:1 in podman of cka1-node1 / localhost/shop:1',
  ],
  [
    image({ tag: 'shop:1', runtime: 'podman', jsonpath: '$.config.Entrypoint' }, { equals: ['/x'] }),
    '✓ $.config.Entrypoint ["/x"] / $.config.Entrypoint ["/x"]',
  ],
  [
    image({ tag: 'shop:1', runtime: 'docker', jsonpath: '$.config.User' }, { equals: '0' }),
    '✗ to be found out / docker on cka1-node1 does not tell what is in shop:1: cannot tell',
  ],
  [image({ tag: 'x', runtime: 'docker' }), '✗ image x in docker of cka1-node1 / shop:1'],
  [image({ tag: 'nginx:1.27', format: 'oci' }), '✗ an oci archive / no archive'],
  [image({ tag: 'nginx:1.27', size_max: 'much' }), '✗ at most much / 1000 bytes'],
  [image({ tag: 'shop:1', runtime: 'docker' }), '✓ image shop:1 in docker of cka1-node1 / shop:1'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, { run })).toBe(says);
});

test.each([
  [0, 'no image'],
  [5, 'a0:1, a1:1, a2:1, a3:1, a4:1'],
  [6, 'a0:1, a1:1, a2:1, a3:1, a4:1 and 1 more'],
])('of %i images are shown: %s', async (count, shown) => {
  const images = Array.from({ length: count }, (_, index) => ({ repoTags: [`a${index}:1`] }));
  const says = await saying(image({ tag: 'b' }), { run: () => ({ stdout: JSON.stringify({ images }) }) });
  expect(says).toBe(`✗ image b in containerd of cka1-node1 / ${shown}`);
});

test('a runtime that says nothing has no image', async () => {
  const says = await saying(image({ tag: 'b' }), { run: () => ({}) });
  expect(says).toBe('✗ image b in containerd of cka1-node1 / no image');
});

test('what a runtime does not tell is undecided', async () => {
  const { result } = await judged(image({ tag: 'nginx:1.27', layers_max: 3 }), { run });
  expect(result.undecided).toBe(true);
});

test.each<[object, object, string]>([
  [
    { runtime: 'podman' },
    { code: 127, stderr: 'bash: podman: command not found\n' },
    'the images of podman on cka1-node1 cannot be listed: bash: podman: command not found',
  ],
  [{}, { code: 1 }, 'the images of containerd on cka1-node1 cannot be listed: exit code 1'],
])('a runtime that is not there leaves it undecided: %j', async (more, outcome, found) => {
  expect(await saying(image({ tag: 'x', there: false, ...more }), { run: () => outcome })).toBe(
    `✗ to be found out / ${found}`,
  );
});

test.each<[Subject, string]>([
  [image({}), '/image: says not which image: tag, or the path of an archive'],
  [image({ path: '/a', runtime: 'podman' }), '/image/runtime: does not matter for an archive'],
  [image({ tag: 'a', format: 'oci' }), '/image/format: belongs to path: only archives have one'],
  [
    image({ tag: 'a' }, { equals: 1 }),
    '/image: jsonpath is missing: which field of its configuration the condition is about',
  ],
  [
    image({ tag: 'a', jsonpath: '$.b' }, { equals: 1, exists: true }),
    '/exists: stands beside equals; a check has one condition',
  ],
  [image({ path: '/a', tag: 'b', format: 'oci' }), ''],
])('lint %j: %s', (subject, says) => {
  const problems: string[] = [];
  lintSubject(subject, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
