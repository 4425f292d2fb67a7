import { expect, test } from 'vitest';
import { type Identity, kubeconfigOf } from '../../../src/checker/acting/identity.js';
import type { Capability } from '../../../src/clusters/port.js';
import { FakeCluster, type FakeContent } from '../fake-cluster.js';

const OWN = { apiVersion: 'v1', kind: 'Config', users: [{ name: 'admin', user: { token: 't' } }] };
const ROBOT = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'robot', namespace: 'shop' } };
const JANE: Identity = { user: 'jane', groups: ['writers'] };

/** Becomes somebody on a cluster where root is asked this way; gives the start of scripts, and the kubeconfig that was written. */
async function become(who: Identity, capabilities: readonly Capability[], asRoot: FakeContent['run'] = () => ({})) {
  let written: string | undefined;
  const run: FakeContent['run'] = (user, argv, options) => {
    if (!user.startsWith('candidate@')) return asRoot(user, argv, options);
    if (argv[0] === 'kubectl') return { stdout: JSON.stringify(OWN) };
    written = options?.stdin;
    return { stdout: '/tmp/tmp.x\n' };
  };
  const cluster = new FakeCluster({ capabilities, run, objects: [ROBOT] });
  const start = await kubeconfigOf(cluster, 'cp', who);
  return { start, users: written === undefined ? undefined : (JSON.parse(written) as typeof OWN).users };
}

test('where root is on nodes a certificate or a token is made', async () => {
  const { start, users } = await become(JANE, ['nodes-root'], () => ({ stdout: 'x\n/tmp/d/config\n' }));
  expect([start, users]).toEqual([{ user: 'root', prefix: 'export KUBECONFIG=/tmp/d/config\n' }, undefined]);
});

const noOpenssl = () => ({ code: 127, stderr: 'bash: openssl: command not found' });

/** Elsewhere the administrator acts as them. */
test.each<[string, Identity, readonly Capability[], string, readonly string[]]>([
  ['a user', JANE, ['scripts'], 'jane', ['writers', 'system:authenticated']],
  ['a user of no group', { user: 'jane' }, ['scripts'], 'jane', ['system:authenticated']],
  ['a host without openssl', JANE, ['nodes-root'], 'jane', ['writers', 'system:authenticated']],
  [
    'a service account',
    { serviceAccount: 'shop/robot' },
    ['scripts'],
    'system:serviceaccount:shop:robot',
    ['system:serviceaccounts', 'system:serviceaccounts:shop', 'system:authenticated'],
  ],
])('%s', async (_, who, capabilities, user, groups) => {
  const { start, users } = await become(who, capabilities, noOpenssl);
  expect(start).toEqual({ user: 'candidate', prefix: 'export KUBECONFIG=/tmp/tmp.x\n' });
  expect(users).toEqual([{ name: 'admin', user: { token: 't', as: user, 'as-groups': groups } }]);
});

test.each<[string, Identity, FakeContent, string]>([
  [
    'a service account that there is not',
    { serviceAccount: 'shop/nobody' },
    {},
    'there is no service account shop/nobody that anybody could become',
  ],
  [
    'no kubeconfig of their own',
    JANE,
    { run: () => ({ code: 1, stderr: 'error: no configuration' }) },
    'nobody could become jane on cp: error: no configuration',
  ],
  [
    'no place to write to',
    JANE,
    { run: (_, argv) => (argv[0] === 'kubectl' ? { stdout: '{}' } : { code: 1, stderr: 'mktemp: no space' }) },
    'nobody could become jane on cp: mktemp: no space',
  ],
])('%s', async (_, who, content, says) => {
  const cluster = new FakeCluster({ capabilities: ['scripts'], ...content });
  expect(await kubeconfigOf(cluster, 'cp', who).catch((error: Error) => error.message)).toBe(says);
});
