import { expect, test } from 'vitest';
import type { ServerParts } from '../../../src/sim/apiserver/parts.js';
import { Authority } from '../../../src/sim/client/pki/authority.js';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { ClientTls } from '../../../src/sim/kernel/network.js';
import { subresourcesOf } from '../../../src/sim/kubelet/server/auth/subresources.js';
import { testNode } from './node.js';

const EPOCH = Date.UTC(2026, 10, 21) * 1000;
const ca = new Authority('one', 'ca', { commonName: 'kubernetes' }, EPOCH);
const stranger = new Authority('two', 'ca', { commonName: 'kubernetes' }, EPOCH);
const CA = '/etc/kubernetes/pki/ca.crt';

/** The node's kubelet and an API server at which jane, whose token is `jane`, may read metrics and pods of nodes. */
function guarded(authentication: string, mode = 'Webhook') {
  let reviews = 0;
  const server: Partial<ServerParts> = {
    authenticators: [
      {
        name: 'test',
        authenticate({ request }) {
          const token = request.headers['authorization'];
          if (token === undefined) return { user: { name: 'admin', groups: ['system:masters'] } };
          return token === 'Bearer jane' ? { user: { name: 'jane', groups: [] } } : undefined;
        },
      },
    ],
    authorizers: [
      {
        mode: 'AlwaysAllow',
        authorize({ user, info }) {
          const isReview = info.resource === 'nodes' && info.subresource && info.subresource !== 'status';
          if (isReview && info.name === 'node01') reviews += 1;
          const mayRead = user.name === 'jane' && ['metrics', 'pods'].includes(info.subresource ?? '');
          return user.groups.includes('system:masters') || mayRead ? { decision: 'allow' } : { decision: 'no-opinion' };
        },
      },
    ],
  };
  const node = testNode({
    server,
    files: {
      [CA]: ca.self.certificate(),
      '/var/lib/kubelet/config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: ${authentication}
authorization: {mode: ${mode}, webhook: {cacheAuthorizedTTL: 5s}}
`,
    },
  });
  node.advance(3);
  const ask = (target: string, token?: string, tls: ClientTls = {}): string => {
    let answer = '';
    startProcess(
      node.host.kernel,
      function* caller(sys) {
        const connection = yield* sys.connect({ address: '172.30.1.3', port: 10250 });
        yield* connection.startTls({ insecure: true, ...tls });
        const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
        const message = yield* connection.request({ kind: 'http', method: 'GET', headers, target });
        if (message.kind === 'http-response')
          answer = `${message.status} ${message.status === 200 ? '' : Buffer.from(message.body ?? []).toString()}`;
        return 0;
      },
      ['caller'],
    );
    node.advance(0.1);
    return answer;
  };
  return { node, ask, reviews: () => reviews };
}

test('tokens are reviewed, accesses too, and both are remembered', () => {
  const { ask, node, reviews } = guarded(`{x509: {clientCAFile: ${CA}}, webhook: {enabled: true}}`);
  expect(ask('/metrics')).toBe('401 Unauthorized');
  expect(ask('/metrics', 'nobody')).toBe('401 Unauthorized');
  expect(node.log.join('')).toContain(
    '"Unable to authenticate the request due to an error" err="invalid bearer token"',
  );
  expect(ask('/metrics', 'jane')).toBe('200 ');
  expect(ask('/pods', 'jane')).toBe('200 ');
  const before = reviews();
  expect(before).toBeGreaterThan(0);
  expect(ask('/pods', 'jane')).toBe('200 ');
  expect(reviews()).toBe(before);
  expect(ask('/configz', 'jane')).toBe(
    '403 Forbidden (user=jane, verb=get, resource=nodes, subresource(s)=[configz proxy])\n',
  );
  expect(ask('/nowhere', 'jane')).toBe('403 Forbidden (user=jane, verb=get, resource=nodes, subresource(s)=[proxy])\n');
  node.advance(6);
  ask('/pods', 'jane');
  expect(reviews()).toBeGreaterThan(before + 2);
});

test('certificates: those of the authority, and a foreign one is nobody even where anybody may come', () => {
  const tls = (authority: Authority, groups: string[]): ClientTls => {
    const subject = { commonName: 'root', organizations: groups };
    const made = authority.issue({ name: 'root', subject, usages: ['client'] });
    return { certificate: made.certificate(), key: made.privateKey() };
  };
  const { ask, node } = guarded(`{x509: {clientCAFile: ${CA}}, anonymous: {enabled: true}}`);
  expect(ask('/configz', undefined, tls(ca, ['system:masters']))).toBe('200 ');
  expect(ask('/pods', undefined, tls(ca, []))).toMatch(/^403 Forbidden \(user=root, /);
  expect(ask('/pods', undefined, tls(stranger, ['system:masters']))).toBe('401 Unauthorized');
  expect(node.log.join('')).toMatch(
    /verifying certificate SN=.* failed: x509: certificate signed by unknown authority/,
  );
  expect(ask('/pods')).toBe(
    '403 Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource(s)=[pods proxy])\n',
  );
});

test('AlwaysAllow asks nobody; without webhook tokens are nothing; an unknown mode ends kubelet', () => {
  const open = guarded('{anonymous: {enabled: true}, webhook: {enabled: false}}', 'AlwaysAllow');
  expect(open.ask('/configz', 'nobody')).toBe('200 ');
  expect(open.reviews()).toBe(0);
  const bogus = guarded('{anonymous: {enabled: true}}', 'Bogus');
  expect(bogus.node.exit()).toBe(1);
  expect(bogus.node.log.join('')).toContain(
    '"command failed" err="failed to run Kubelet: unknown authorization mode Bogus"',
  );
  expect(guarded('{webhook: {enabled: false}}').node.log.join('')).toContain('no authentication method configured');
});

test.each([
  ['/pods', ['pods', 'proxy']],
  ['/runningpods/', ['pods', 'proxy']],
  ['/healthz/ping', ['healthz', 'proxy']],
  ['/configz', ['configz', 'proxy']],
  ['/stats/summary', ['stats']],
  ['/metrics/cadvisor', ['metrics']],
  ['/logs/', ['log']],
  ['/podsy', ['proxy']],
  ['/exec/default/web/main', ['proxy']],
])('%s is asked for as %j', (path, subresources) => {
  expect(subresourcesOf(path)).toEqual(subresources);
});
