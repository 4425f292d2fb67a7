import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { lintSubject } from '../../../src/checker/lint.js';
import { effectiveValues } from '../../../src/checker/releases.js';
import type { Subject } from '../../../src/checker/rubric.js';
import { judged, saying } from '../graded.js';

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A revision as helm 3 and 4 keep it: base 64 of gzip of JSON, in a Secret. */
function revision(name: string, version: number, status: string, more: object = {}) {
  const release = {
    name,
    version,
    namespace: 'shop',
    info: { status },
    chart: {
      metadata: { name: 'web', version: `1.${version}.0`, appVersion: '2.4' },
      values: { replicas: 1, image: { repository: 'nginx', tag: '1.27' }, debug: true },
    },
    config: { replicas: 3, image: { tag: '1.28' }, debug: null },
    ...more,
  };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${version}`,
      namespace: 'shop',
      labels: { owner: 'helm', name, version: String(version), status },
    },
    data: { release: base64(base64(gzipSync(JSON.stringify(release)))) },
  };
}
const unpacked = (version: number, release: object) => ({
  ...revision('old', version, 'deployed'),
  data: { release: base64(base64(JSON.stringify({ name: 'old', version, ...release }))) },
});
const junk = { ...revision('junk', 1, 'deployed'), data: { release: base64('hello') } };
const CONTENT = {
  objects: [
    revision('web', 10, 'deployed'),
    revision('web', 9, 'superseded'),
    revision('bad', 1, 'failed'),
    revision('kept', 4, 'uninstalled'),
    revision('bare', 1, 'deployed', { chart: undefined, config: undefined }),
    junk,
    { ...revision('hollow', 1, 'deployed'), data: undefined },
    { ...revision('hollow', 2, 'deployed'), data: {} },
    revision('mixed', 1, 'deployed'),
    { ...revision('mixed', 2, 'deployed'), data: {} },
    unpacked(1, { info: {} }),
    revision('own', 1, 'deployed', { config: undefined }),
    revision('flat', 1, 'deployed', { config: { image: 'nginx:1' } }),
  ],
};
const helm = (more: object, release = 'web', condition: object = {}): Subject => ({
  helm: { namespace: 'shop', release, ...more },
  ...condition,
});
const value = (jsonpath: string, condition: object): Subject => helm({ jsonpath }, 'web', condition);
const WELL = '✓ release web as it should be / web 1.10.0, revision 10, deployed';

test.each<[Subject, string]>([
  [helm({}), WELL],
  [helm({ chart: 'web', version: '1.10.0', app_version: '2.4', revision: 10, status: 'deployed' }), WELL],
  [helm({ chart: 'api' }), '✗ chart api / chart web'],
  [helm({ version: '1.9.0' }), '✗ chart version 1.9.0 / chart version 1.10.0'],
  [helm({ app_version: '2.5' }), '✗ app version 2.5 / app version 2.4'],
  [helm({ revision: 9 }), '✗ revision 9 / revision 10'],
  [helm({ revision: '10' }), WELL],
  [helm({ revision_min: 10 }), WELL],
  [helm({ revision_min: 11 }), '✗ revision 11 at least / revision 10'],
  [helm({}, 'bad'), '✗ status deployed / status failed'],
  [helm({ status: 'failed' }, 'bad'), '✓ release bad as it should be / web 1.1.0, revision 1, failed'],
  [helm({}, 'kept'), '✗ release kept in shop / web 1.4.0, revision 4, uninstalled'],
  [helm({ status: 'uninstalled' }, 'kept'), '✓ release kept as it should be / web 1.4.0, revision 4, uninstalled'],
  [helm({ status: 'uninstalled' }, 'none'), '✗ release none / none'],
  [helm({}, 'none'), '✗ release none in shop / no release none in shop'],
  [helm({ installed: false }, 'none'), '✓ no release none in shop / no release none in shop'],
  [helm({ installed: false }, 'kept'), '✓ no release kept in shop / web 1.4.0, revision 4, uninstalled'],
  [helm({ installed: false }), '✗ no release web in shop / web 1.10.0, revision 10, deployed'],
  [helm({}, 'hollow'), '✗ release hollow in shop / no release hollow in shop'],
  [helm({}, 'mixed'), '✓ release mixed as it should be / web 1.1.0, revision 1, deployed'],
  [helm({}, 'old'), '✗ status deployed / status unknown'],
  [helm({ installed: false }, 'old'), '✗ no release old in shop / a chart unknown, revision 1, no status'],
  [helm({ jsonpath: '$.replicas' }), WELL],
  [helm({ jsonpath: '$.replicas' }, 'own', { equals: 1 }), '✓ $.replicas 1 / $.replicas 1'],
  [helm({ jsonpath: '$.replicas' }, 'bare', { absent: true }), '✓ $.replicas is not set / $.replicas nothing'],
  [helm({ jsonpath: '$.image' }, 'flat', { equals: 'nginx:1' }), '✓ $.image nginx:1 / $.image nginx:1'],
  [helm({}, 'web', { equals: 1 }), WELL],
  [helm({}, 'junk'), '✗ release junk in shop / no release junk in shop'],
  [helm({ chart: 'web' }, 'bare'), '✗ chart web / chart unknown'],
  [helm({}, 'bare'), '✓ release bare as it should be / a chart unknown, revision 1, deployed'],
  [value('$.replicas', { equals: 3 }), '✓ $.replicas 3 / $.replicas 3'],
  [value('$.replicas', { atLeast: 4 }), '✗ $.replicas at least 4 / $.replicas 3'],
  // What was given on top goes into the chart's own, and null takes away.
  [
    value('$.image', { equals: { repository: 'nginx', tag: '1.28' } }),
    '✓ $.image {"repository":"nginx","tag":"1.28"} / $.image {"repository":"nginx","tag":"1.28"}',
  ],
  [value('$.debug', { absent: true }), '✓ $.debug is not set / $.debug nothing'],
  [value('$.debug', { equals: true }), '✗ $.debug true / $.debug nothing'],
])('%j: %s', async (subject, says) => {
  expect(await saying(subject, CONTENT)).toBe(says);
});

test('a value cannot become what all maps have', () => {
  const config = JSON.parse('{"__proto__": {"a": 1}}') as Record<string, unknown>;
  expect(effectiveValues({ name: 'web', version: 1, config })).toEqual({});
});

test('an API server that is down leaves it undecided, also that there is none', async () => {
  expect((await judged(helm({ installed: false }), { down: 'refused' })).result.undecided).toBe(true);
});

test.each<[Subject, string]>([
  [helm({}, 'web', { equals: 1 }), '/helm: jsonpath is missing: which value the condition is about'],
  [helm({ installed: false, version: '1' }), '/helm/version: means nothing where no release must be'],
  [
    helm({ jsonpath: '$.a' }, 'web', { equals: 1, exists: true }),
    '/exists: stands beside equals; a check has one condition',
  ],
  [helm({ installed: false }), ''],
])('lint %j: %s', (subject, says) => {
  const problems: string[] = [];
  lintSubject(subject, '', (path, message) => problems.push(`${path}: ${message}`));
  expect(problems.join('\n')).toBe(says);
});
