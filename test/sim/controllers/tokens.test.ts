import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../../../src/sim/api/object.js';
import { formatTime } from '../../../src/sim/api/time.js';
import type { ConfigMap, Secret } from '../../../src/sim/api/types/config.js';
import { bearerAuthenticators } from '../../../src/sim/apiserver/authentication/bearer.js';
import { legacyTokenAuthenticator } from '../../../src/sim/apiserver/authentication/legacy-token.js';
import { deriveKey, privateKeyPem, publicKeyPem } from '../../../src/sim/client/pki/key.js';
import {
  CONFIG_MAPS,
  NAMESPACES,
  PODS,
  SECRETS,
  SERVICE_ACCOUNTS,
} from '../../../src/sim/controllers/machinery/resource-types.js';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/sim/kernel/time.js';
import { testServer } from '../apiserver/harness.js';
import { names, remove } from './objects.js';
import { simulateWithNodes, startControllers } from './simulation.js';

const KEY = deriveKey('tokens', 'sa');
const OPTIONS = { tokenKey: privateKeyPem(KEY), rootCa: 'the authority' };

function account(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default' } };
}

function tokenSecret(name: string, owner: string): Secret {
  const annotations = { 'kubernetes.io/service-account.name': owner };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace: 'default', annotations },
    type: 'kubernetes.io/service-account-token',
  };
}

function bootstrapToken(id: string, data: Readonly<Record<string, string>>): Secret {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}`, namespace: 'kube-system' },
    type: 'bootstrap.kubernetes.io/token',
    stringData: { 'token-id': id, 'token-secret': '0123456789abcdef', ...data },
  };
}

const text = (secret: Secret, key: string) => Buffer.from(secret.data?.[key] ?? '', 'base64').toString('utf8');

describe('tokens kept in Secrets', () => {
  const start = () => simulateWithNodes(['serviceaccount-token-controller'], [], OPTIONS);

  it('are made for accounts that are there, and go with them', () => {
    const simulation = start();
    const { uid } = simulation.create(SERVICE_ACCOUNTS, account('robot')).metadata;
    simulation.create(SECRETS, tokenSecret('robot-token', 'robot'));
    simulation.create(SECRETS, tokenSecret('stray', 'nobody'));
    simulation.advance(SECOND);
    expect(names(simulation.list(SECRETS, 'default'))).toEqual(['robot-token']);
    const secret = simulation.get<Secret>(SECRETS, 'robot-token', 'default');
    expect([text(secret, 'namespace'), text(secret, 'ca.crt')]).toEqual(['default', 'the authority']);
    expect(secret.metadata.annotations?.['kubernetes.io/service-account.uid']).toBe(uid);
    const [, payload = ''] = text(secret, 'token').split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))).toEqual({
      iss: 'kubernetes/serviceaccount',
      'kubernetes.io/serviceaccount/namespace': 'default',
      'kubernetes.io/serviceaccount/secret.name': 'robot-token',
      'kubernetes.io/serviceaccount/service-account.name': 'robot',
      'kubernetes.io/serviceaccount/service-account.uid': uid,
      sub: 'system:serviceaccount:default:robot',
    });
    remove(simulation, SERVICE_ACCOUNTS, 'robot', 'default');
    simulation.advance(SECOND);
    expect(names(simulation.list(SECRETS, 'default'))).toEqual([]);
  });

  it('let in whoever shows them, once a day noted, while they are there', () => {
    const simulation = start();
    simulation.create(SERVICE_ACCOUNTS, account('robot'));
    simulation.create(SECRETS, tokenSecret('robot-token', 'robot'));
    simulation.advance(SECOND);
    const [owner, secret] = [
      simulation.get(SERVICE_ACCOUNTS, 'robot', 'default'),
      simulation.get<Secret>(SECRETS, 'robot-token', 'default'),
    ];
    const authorization = `Bearer ${text(secret, 'token')}`;
    const keys = [createPublicKey(publicKeyPem(KEY))];
    const authenticators = bearerAuthenticators([legacyTokenAuthenticator({ keys, audiences: [] })]);
    const server = testServer({ authenticators });
    const put = (path: string, object: KubeObject) => server.store.put(`/registry/${path}`, object);
    put('namespaces/default', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
    put('serviceaccounts/default/robot', owner);
    put('secrets/default/robot-token', secret);
    const ask = () => server.request({ target: '/version', headers: { authorization } }).status;
    const label = () => {
      const entry = server.store.get('/registry/secrets/default/robot-token');
      return (entry?.value as KubeObject | undefined)?.metadata.labels?.['kubernetes.io/legacy-token-last-used'];
    };
    expect([ask(), label()]).toEqual([200, '2026-01-01']);
    server.clock += 2 * DAY;
    expect([ask(), label()]).toEqual([200, '2026-01-03']);
    server.store.delete('/registry/secrets/default/robot-token');
    server.clock += 9 * SECOND;
    expect(ask()).toBe(200);
    server.clock += 2 * SECOND;
    expect(ask()).toBe(401);
  });
});

describe('tokens with which machines join', () => {
  it('go when their time is over', () => {
    const simulation = simulateWithNodes(['token-cleaner-controller'], []);
    const until = formatTime(simulation.now() + HOUR);
    simulation.create(SECRETS, bootstrapToken('aaaaaa', { expiration: until }));
    simulation.create(SECRETS, bootstrapToken('bbbbbb', {}));
    simulation.advance(HOUR - MINUTE);
    expect(simulation.list(SECRETS, 'kube-system')).toHaveLength(2);
    simulation.advance(2 * MINUTE);
    expect(names(simulation.list(SECRETS, 'kube-system'))).toEqual(['bootstrap-token-bbbbbb']);
  });

  it('sign what is read before joining', () => {
    const simulation = simulateWithNodes(['bootstrap-signer-controller'], []);
    const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-public' } };
    simulation.create(NAMESPACES, space);
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cluster-info', namespace: 'kube-public' } };
    simulation.create(CONFIG_MAPS, { ...map, data: { kubeconfig: 'content' } } as ConfigMap);
    simulation.create(SECRETS, bootstrapToken('aaaaaa', { 'usage-bootstrap-signing': 'true' }));
    simulation.create(SECRETS, bootstrapToken('bbbbbb', {}));
    simulation.advance(SECOND);
    const { data = {} } = simulation.get<ConfigMap>(CONFIG_MAPS, 'cluster-info', 'kube-public');
    expect(Object.keys(data).sort()).toEqual(['jws-kubeconfig-aaaaaa', 'kubeconfig']);
    expect(data['jws-kubeconfig-aaaaaa']).toMatch(/^eyJhbGciOiJIUzI1NiIsImtpZCI6ImFhYWFhYSJ9\.\.[\w-]{43}$/);
    remove(simulation, SECRETS, 'bootstrap-token-aaaaaa', 'kube-system');
    simulation.advance(SECOND);
    expect(simulation.get<ConfigMap>(CONFIG_MAPS, 'cluster-info', 'kube-public').data).toEqual({
      kubeconfig: 'content',
    });
  });
});

describe('tokens in Secrets that nobody uses', () => {
  const TRACKING = 'kube-apiserver-legacy-service-account-token-tracking';
  const LAST_USED = 'kubernetes.io/legacy-token-last-used';
  const INVALID_SINCE = 'kubernetes.io/legacy-token-invalid-since';

  /** Secrets that are ten days old when the manager starts, which gives tokens three days. */
  function start(secrets: readonly (readonly [name: string, labels: Readonly<Record<string, string>>])[]) {
    const simulation = simulateWithNodes([], []);
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: TRACKING, namespace: 'kube-system' } };
    simulation.create(CONFIG_MAPS, { ...map, data: { since: formatTime(simulation.now()).slice(0, 10) } } as ConfigMap);
    simulation.create(SERVICE_ACCOUNTS, {
      ...account('robot'),
      secrets: [...secrets.map(([name]) => ({ name })), { name: 'mounted' }],
    } as KubeObject);
    for (const [name, labels] of [...secrets, ['mounted', {}] as const, ['made-by-hand', {}] as const]) {
      const secret = tokenSecret(name, 'robot');
      simulation.create(SECRETS, { ...secret, metadata: { ...secret.metadata, labels } });
    }
    simulation.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'user', namespace: 'default' },
      spec: {
        containers: [{ name: 'c', image: 'i' }],
        volumes: [{ name: 'v', secret: { secretName: 'mounted' } }],
      },
    } as KubeObject);
    simulation.advance(10 * DAY);
    simulation.start((sys, client) => {
      startControllers(simulation, sys, client, ['legacy-serviceaccount-token-cleaner-controller'], {
        legacyTokenPeriod: 3 * DAY,
      });
    });
    simulation.advance(SECOND);
    const invalid = () =>
      Object.fromEntries(
        simulation.list(SECRETS, 'default').map(({ metadata }) => [metadata.name, metadata.labels?.[INVALID_SINCE]]),
      );
    return { simulation, invalid };
  }

  it('are invalid first, and gone after as long again', () => {
    const { simulation, invalid } = start([
      ['idle', {}],
      ['old', { [LAST_USED]: '2026-01-05' }],
      ['used', { [LAST_USED]: '2026-01-09' }],
      ['unreadable', { [LAST_USED]: 'yesterday' }],
    ]);
    const kept = { mounted: undefined, 'made-by-hand': undefined, unreadable: undefined };
    expect(invalid()).toEqual({ ...kept, idle: '2026-01-11', old: '2026-01-11', used: undefined });
    simulation.advance(2 * DAY);
    expect(invalid()).toEqual({ ...kept, idle: '2026-01-11', old: '2026-01-11', used: '2026-01-13' });
    simulation.advance(2 * DAY);
    expect(invalid()).toEqual({ ...kept, used: '2026-01-13' });
  });
});
