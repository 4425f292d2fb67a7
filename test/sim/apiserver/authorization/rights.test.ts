import { describe, expect, test } from 'vitest';
import { decide } from '../../../../src/sim/apiserver/authorization/decide.js';
import { authorizersOf } from '../../../../src/sim/apiserver/authorization/modes.js';
import { prepareCluster } from '../../../../src/sim/apiserver/start/prepare-cluster.js';
import { type TestServer, testServer } from '../harness.js';
import { BINDINGS, ROWS, RULES } from './rows.js';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const GROUP = 'rbac.authorization.k8s.io';

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

function post(server: TestServer, target: string, object: unknown): void {
  const body = new TextEncoder().encode(JSON.stringify(object));
  const answer = server.request({ method: 'POST', target, headers: { 'content-type': 'application/json' }, body });
  if (answer.status !== 201) throw new Error(`${target}: ${answer.status}`);
}

function subjectOf(text: string): object {
  const [kind, name = ''] = text.split(':');
  if (kind === 'account') return { kind: 'ServiceAccount', namespace: name.split('/')[0], name: name.split('/')[1] };
  return { kind: kind === 'user' ? 'User' : 'Group', name, apiGroup: GROUP };
}

function byRole(rows: readonly string[][]): Map<string, string[][]> {
  const roles = new Map<string, string[][]>();
  for (const row of rows) roles.set(row[0] as string, [...(roles.get(row[0] as string) ?? []), row]);
  return roles;
}

/** A server with the roles and bindings of the tables. */
function filled(): TestServer {
  const server = testServer();
  server.run(prepareCluster(server.parts));
  for (const name of ['alpha', 'beta']) post(server, '/api/v1/namespaces', { metadata: { name } });
  const roles = byRole(lines(RULES));
  for (const [name, rows] of roles) {
    const rules = rows.map(([, verbs = '', groups = '', what = '', names]) => ({
      verbs: verbs.split(','),
      ...(groups === 'url'
        ? { nonResourceURLs: what.split(',') }
        : { apiGroups: groups.split(',').map((one) => (one === 'core' ? '' : one)), resources: what.split(',') }),
      ...(names === undefined ? {} : { resourceNames: names.split(',') }),
    }));
    post(server, `${RBAC}/clusterroles`, { metadata: { name }, rules });
  }
  lines(BINDINGS).forEach(([who = '', role = '', where = ''], index) => {
    const collection = where === '*' ? 'clusterrolebindings' : `namespaces/${where}/rolebindings`;
    const roleRef = { apiGroup: GROUP, kind: 'ClusterRole', name: role };
    post(server, `${RBAC}/${collection}`, { metadata: { name: `b${index}` }, roleRef, subjects: [subjectOf(who)] });
  });
  return server;
}

/** `name,group,group` or `account@namespace`. */
function userOf(text: string) {
  const [given = '', ...groups] = text.split(',');
  const [account, namespace] = given.split('@');
  return { name: namespace ? `system:serviceaccount:${namespace}:${account}` : given, groups };
}

function accessOf(verb: string, what: string, name: string) {
  const nothing = { group: '', version: '', namespace: '', resource: '', subresource: '', name: '', path: '' };
  if (what.startsWith('/')) return { ...nothing, isResource: false, verb, path: what };
  const [, namespace = '', whole = ''] = /^([^:]*):(.*)$/.exec(what) ?? [];
  const [, full = '', subresource = ''] = /^([^/]*)\/?(.*)$/.exec(whole) ?? [];
  const [, resource = '', group = ''] = /^([^.]*)\.?(.*)$/.exec(full) ?? [];
  return { ...nothing, isResource: true, verb, group, version: 'v1', namespace, resource, subresource, name };
}

describe('who may do what', () => {
  const server = filled();
  const parts = { ...server.parts, authorizers: authorizersOf(['RBAC']) };
  const rows = lines(ROWS);

  test('is told in two hundred rows', () => {
    expect(rows.length).toBeGreaterThanOrEqual(200);
  });

  test.each(rows.map((row) => [row.join(' '), row] as const))('%s', (_, [who = '', verb = '', what = '', ...rest]) => {
    const expected = rest.at(-1);
    const info = accessOf(verb, what, rest.length > 1 ? (rest[0] as string) : '');
    const { decision } = decide(parts, { user: userOf(who), info });
    expect(decision === 'allow' ? 'yes' : 'no').toBe(expected);
  });
});
