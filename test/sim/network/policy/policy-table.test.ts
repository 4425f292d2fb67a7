import { describe, expect, test } from 'vitest';
import type { Protocol } from '../../../../src/sim/kernel/network.js';
import { POLICIES } from './policies.js';
import { namespaceOf, PolicyWorld, podOf, policyOf } from './policy-world.js';
import { ROWS } from './rows.js';

const rows = ROWS.split('\n').filter((line) => line !== '');

function exampleWorld(): PolicyWorld {
  const http = { name: 'http', containerPort: 8080 };
  return new PolicyWorld(
    [namespaceOf('default'), namespaceOf('prod', { team: 'a' }), namespaceOf('dev', { team: 'b' })],
    [
      podOf(
        'default/web',
        '10.244.1.2',
        { app: 'web', tier: 'front' },
        { ports: [http, { name: 'metrics', containerPort: 9090 }] },
      ),
      podOf(
        'default/db',
        '10.244.2.2',
        { app: 'db' },
        {
          ports: [
            { name: 'pg', containerPort: 5432 },
            { name: 'dns', containerPort: 53, protocol: 'UDP' },
            { name: 'diameter', containerPort: 3868, protocol: 'SCTP' },
          ],
        },
      ),
      podOf('default/client', '10.244.1.3', { app: 'client' }),
      podOf('default/host', '192.168.1.11', { app: 'client' }, { hostNetwork: true }),
      podOf('prod/web', '10.244.2.3', { app: 'web' }, { ports: [{ name: 'http', containerPort: 80 }] }),
      podOf('prod/client', '10.244.1.4', { app: 'client' }),
      podOf('dev/client', '10.244.2.4', { app: 'client' }),
      podOf('dev/over', '10.244.1.9', { app: 'web' }, { phase: 'Succeeded' }),
    ],
  );
}

function namedPolicies(names: string) {
  return names
    .split(' ')
    .filter((name) => name !== '')
    .map((name) => {
      const key = name.includes('/') ? name : `default/${name}`;
      const [namespace, own] = key.split('/') as [string, string];
      const spec = POLICIES[key];
      if (!spec) throw new Error(`there is no policy ${key}`);
      return policyOf(namespace, own, spec);
    });
}

describe('connections through policies', () => {
  const world = exampleWorld();

  test.each(rows)('%s', (row) => {
    const [, names = '', from = '', to = '', port = '', protocol = 'tcp', verdict = ''] =
      /^(.*): (\S+) > (\S+) (\d+)(?:\/(\w+))? = (\w+)$/.exec(row) ?? [];
    expect(verdict, 'the row reads').not.toBe('');
    world.setPolicies(namedPolicies(names));
    expect(world.reach(from, to, Number(port), protocol as Protocol)).toBe(verdict);
  });

  test('has rows enough, and no policy that no row uses', () => {
    expect(rows.length).toBeGreaterThanOrEqual(80);
    const used = new Set(
      rows
        .flatMap((row) => namedPolicies(row.split(':')[0] ?? ''))
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    );
    expect(Object.keys(POLICIES).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('what changes acts at the next connection', () => {
  test('a policy that comes and goes', () => {
    const world = exampleWorld();
    const open = () => world.reach('default/client', 'default/web', 80, 'tcp');
    const [policy] = namedPolicies('no-ingress');
    expect(open()).toBe('open');
    world.caches.policies.put(policy as never);
    expect(open()).toBe('lost');
    world.caches.policies.put(policyOf('default', 'no-ingress', { podSelector: {}, ingress: [{}] }));
    expect(open()).toBe('open');
    world.caches.policies.put(policy as never);
    world.caches.policies.remove(policy as never);
    expect(open()).toBe('open');
  });

  test('labels of the selected pod, of the peer and of its namespace', () => {
    const world = exampleWorld();
    world.setPolicies(namedPolicies('from-client-of-team-a'));
    const open = () => world.reach('dev/client', 'default/web', 80, 'tcp');
    expect(open()).toBe('lost');
    world.caches.namespaces.put(namespaceOf('dev', { team: 'a' }));
    expect(open()).toBe('open');
    world.caches.pods.put(podOf('dev/client', '10.244.2.4', { app: 'other' }));
    expect(open()).toBe('lost');
    world.caches.pods.put(podOf('default/web', '10.244.1.2', { app: 'other' }));
    expect(open()).toBe('open');
  });

  test('an echo request passes where no ports are named', () => {
    const world = exampleWorld();
    const { index } = world.caches;
    const echo = () => index.allows('ingress', '10.244.1.2', '10.244.1.3', 0, 'icmp');
    world.setPolicies(namedPolicies('from-client'));
    expect(echo()).toBe(true);
    world.setPolicies(namedPolicies('port-80'));
    expect(echo()).toBe(false);
  });

  test('an address that went to another pod', () => {
    const world = exampleWorld();
    world.setPolicies(namedPolicies('from-client'));
    const { pods, index } = world.caches;
    const asked = () => index.allows('ingress', '10.244.1.2', '10.244.1.3', 80, 'tcp');
    expect(asked()).toBe(true);
    pods.put(podOf('default/client', '10.244.1.3', { app: 'client' }, { phase: 'Succeeded' }));
    pods.put(podOf('prod/new', '10.244.1.3', { app: 'client' }));
    expect(asked()).toBe(false);
  });
});
