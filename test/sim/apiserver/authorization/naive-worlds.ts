import type { Random } from '../../../../src/sim/kernel/random.js';
import type {
  NaiveAction,
  NaiveBinding,
  NaivePolicy,
  NaiveRole,
  NaiveRule,
  NaiveSubject,
  NaiveUser,
} from './naive-rbac.js';

const NAMESPACES = ['one', 'two'];
const VERBS = ['get', 'list', 'create', 'delete', 'bind', 'escalate', 'impersonate', '*'];
const GROUPS = ['', 'apps', 'rbac.authorization.k8s.io', 'example.com', '*'];
// biome-ignore format: a table
const RESOURCES = ['pods', 'pods/log', 'pods/exec', 'deployments', 'deployments/scale', 'roles', 'clusterroles', '*/scale', '*/log', '*'];
const NAMES = ['a', 'b', 'web'];
const PATHS = ['/healthz', '/healthz/*', '/metrics', '/api/*', '/*', '*'];
const ASKED_PATHS = ['/healthz', '/healthz/', '/healthz/etcd', '/metrics', '/metrics/x', '/api', '/api/v1', '/'];
const PEOPLE = ['alice', 'bob', 'eve'];
const TEAMS = ['devs', 'ops', 'system:authenticated', 'system:serviceaccounts', 'system:serviceaccounts:one'];
const ACCOUNTS = ['robot', 'alice'];
const LABELS = [{ part: 'x' }, { part: 'y' }, { part: 'x', more: 'z' }];

/** A policy drawn at random: roles of both kinds, some of which gather others, and bindings of both kinds. */
export function drawPolicy(random: Random): NaivePolicy {
  const roles: NaiveRole[] = [];
  for (const namespace of ['', '', ...NAMESPACES])
    for (const name of ['r0', 'r1', 'r2']) {
      const full = namespace === '' && roles.some((role) => role.namespace === '' && role.name === name);
      roles.push({ namespace, name: full ? `${name}-more` : name, ...drawContent(random, namespace) });
    }
  const bindings = Array.from({ length: 12 }, (_, index) => drawBinding(random, `b${index}`, roles));
  return { roles, bindings };
}

function drawContent(random: Random, namespace: string): Pick<NaiveRole, 'labels' | 'rules' | 'gathers'> {
  const rules = some(random, 3, () => drawRule(random, namespace === ''));
  if (namespace === '' && random.below(5) === 0)
    return { labels: {}, rules: [], gathers: [random.pick(LABELS), random.pick(LABELS)] };
  return { labels: random.below(2) === 0 ? {} : random.pick(LABELS), rules };
}

/** A rule drawn at random; paths belong to roles of the cluster only. */
export function drawRule(random: Random, withPaths: boolean): NaiveRule {
  const verbs = some(random, 3, () => random.pick(VERBS));
  if (withPaths && random.below(4) === 0) return { verbs, nonResourceURLs: some(random, 2, () => random.pick(PATHS)) };
  const names = random.below(3) === 0 ? { resourceNames: some(random, 2, () => random.pick(NAMES)) } : {};
  return {
    verbs,
    apiGroups: some(random, 2, () => random.pick(GROUPS)),
    resources: some(random, 3, () => random.pick(RESOURCES)),
    ...names,
  };
}

function drawBinding(random: Random, name: string, roles: readonly NaiveRole[]): NaiveBinding {
  const namespace = random.pick(['', ...NAMESPACES]);
  const isNowhere = random.below(10) === 0;
  const usable = roles.filter((role) => role.namespace === '' || role.namespace === namespace);
  const role = random.pick(usable);
  return {
    namespace,
    name,
    role: { kind: role.namespace === '' ? 'ClusterRole' : 'Role', name: isNowhere ? 'nowhere' : role.name },
    subjects: some(random, 2, () => drawSubject(random)),
  };
}

function drawSubject(random: Random): NaiveSubject {
  const kind = random.pick(['User', 'Group', 'ServiceAccount'] as const);
  if (kind === 'User') return { kind, name: random.pick([...PEOPLE, 'system:serviceaccount:one:robot']) };
  if (kind === 'Group') return { kind, name: random.pick(TEAMS) };
  return { kind, name: random.pick(ACCOUNTS), namespace: random.pick(NAMESPACES) };
}

/** Somebody who asks: a person with groups, or a service account with those that it always has. */
export function drawUser(random: Random): NaiveUser {
  if (random.below(3) > 0) {
    const groups = random.below(2) === 0 ? ['devs'] : random.below(2) === 0 ? ['ops', 'devs'] : [];
    return { name: random.pick(PEOPLE), groups: [...groups, 'system:authenticated'] };
  }
  const namespace = random.pick(NAMESPACES);
  return {
    name: `system:serviceaccount:${namespace}:${random.pick(ACCOUNTS)}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

/** What somebody wants to do. */
export function drawAction(random: Random): NaiveAction {
  const verb = random.pick(['get', 'list', 'create', 'delete', 'bind', 'escalate', 'patch']);
  if (random.below(5) === 0) return { verb: random.pick(['get', 'post']), path: random.pick(ASKED_PATHS) };
  const whole = random.pick(['pods', 'pods/log', 'pods/exec', 'deployments', 'deployments/scale', 'roles', 'secrets']);
  const [resource = '', subresource = ''] = whole.split('/');
  const namespace = random.pick(['', ...NAMESPACES]);
  const group = random.pick(['', 'apps', 'rbac.authorization.k8s.io', 'example.com', 'other.example']);
  return { verb, group, resource, subresource, name: random.pick(['', ...NAMES]), namespace };
}

/** One to `most` different values. */
function some<T>(random: Random, most: number, draw: () => T): T[] {
  return [...new Set(Array.from({ length: 1 + random.below(most) }, draw))];
}
