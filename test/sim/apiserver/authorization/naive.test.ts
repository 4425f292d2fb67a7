import { describe, expect, test } from 'vitest';
import type { ClusterRole } from '../../../../src/sim/api/types/rbac.js';
import { authorizersOf } from '../../../../src/sim/apiserver/authorization/modes.js';
import { aggregatedRules } from '../../../../src/sim/controllers/clusterrole-aggregation/aggregated-rules.js';
import { createRandom, type Random } from '../../../../src/sim/kernel/random.js';
import { type TestServer, testServer } from '../harness.js';
import {
  heldRules,
  holdsAll,
  mayNaively,
  type NaiveAction,
  type NaiveBinding,
  type NaivePolicy,
  type NaiveRole,
  type NaiveUser,
  rulesOf,
} from './naive-rbac.js';
import { drawAction, drawPolicy, drawRule, drawUser } from './naive-worlds.js';

/** `RBAC_SEED=…` draws others. */
const SEED = process.env['RBAC_SEED'] ?? 'rbac';
const RBAC = 'rbac.authorization.k8s.io';
const WORLDS = 40;
const CASES_PER_WORLD = 250;
const REVIEWS_PER_WORLD = 5;
const GRANTS_PER_WORLD = 8;
const ADMIN: NaiveUser = { name: 'admin', groups: ['system:masters'] };
/** Everybody may ask to write roles and bindings; what may stand in them is what the cases are about. */
const WRITERS: NaivePolicy = {
  roles: [
    {
      namespace: '',
      name: 'writer',
      labels: {},
      rules: [
        {
          verbs: ['create'],
          apiGroups: [RBAC],
          resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
        },
      ],
    },
  ],
  bindings: [
    {
      namespace: '',
      name: 'writers',
      role: { kind: 'ClusterRole', name: 'writer' },
      subjects: [{ kind: 'Group', name: 'system:authenticated' }],
    },
  ],
};

describe(`RBAC decided a second time, by a naive evaluator (RBAC_SEED=${SEED})`, () => {
  const random = createRandom(SEED);
  const worlds = Array.from({ length: WORLDS }, () => worldOf(withWriters(drawPolicy(random))));

  test(`agrees on ${WORLDS * CASES_PER_WORLD} questions`, () => {
    const counts = { allowed: 0, refused: 0 };
    for (const world of worlds)
      for (let index = 0; index < CASES_PER_WORLD; index += 1) {
        const [user, action] = [drawUser(random), drawAction(random)];
        const naive = mayNaively(world.policy, user, action);
        counts[naive ? 'allowed' : 'refused'] += 1;
        if (naive !== world.may(user, action)) expect.fail(told(world.policy, user, action, naive));
      }
    expect(Math.min(counts.allowed, counts.refused)).toBeGreaterThan(1000);
  });

  test(`agrees on ${WORLDS * REVIEWS_PER_WORLD} SubjectAccessReviews`, () => {
    for (const world of worlds)
      for (let index = 0; index < REVIEWS_PER_WORLD; index += 1) {
        const [user, action] = [drawUser(random), drawAction(random)];
        const naive = mayNaively(world.policy, user, action);
        if (naive !== world.review(user, action)) expect.fail(told(world.policy, user, action, naive));
      }
  });

  test(`agrees on ${WORLDS * GRANTS_PER_WORLD} roles and bindings that somebody wants to make`, () => {
    const counts = { allowed: 0, refused: 0 };
    for (const world of worlds)
      for (let index = 0; index < GRANTS_PER_WORLD; index += 1) {
        const user = drawUser(random);
        const wanted = random.below(2) === 0 ? drawRole(random, index) : drawNewBinding(random, world.policy, index);
        const naive = 'rules' in wanted ? mayMake(world.policy, user, wanted) : mayBind(world.policy, user, wanted);
        counts[naive ? 'allowed' : 'refused'] += 1;
        const { status, message } = world.make(user, 'rules' in wanted ? roleObject(wanted) : bindingObject(wanted));
        if (naive !== (status === 201)) expect.fail(`${message}\n${told(world.policy, user, wanted, naive)}`);
        if (status !== 201) expect(message).toContain('is attempting to grant RBAC permissions not currently held');
      }
    expect(Math.min(counts.allowed, counts.refused)).toBeGreaterThan(40);
  });
});

function withWriters({ roles, bindings }: NaivePolicy): NaivePolicy {
  return { roles: [...roles, ...WRITERS.roles], bindings: [...bindings, ...WRITERS.bindings] };
}

function drawRole(random: Random, index: number): NaiveRole {
  const namespace = random.pick(['', 'one', 'two']);
  return { namespace, name: `new-${index}`, labels: {}, rules: [drawRule(random, namespace === '')] };
}

function drawNewBinding(random: Random, { roles }: NaivePolicy, index: number): NaiveBinding {
  const namespace = random.pick(['', 'one', 'two']);
  const role = random.pick(roles.filter((each) => each.namespace === '' || each.namespace === namespace));
  return {
    namespace,
    name: `new-${index}`,
    role: { kind: role.namespace === '' ? 'ClusterRole' : 'Role', name: role.name },
    subjects: [{ kind: 'User', name: 'zoe' }],
  };
}

/** Only with all that is in it, or with the right to escalate. */
function mayMake(policy: NaivePolicy, user: NaiveUser, { namespace, rules }: NaiveRole): boolean {
  const resource = namespace === '' ? 'clusterroles' : 'roles';
  const escalates = { verb: 'escalate', group: RBAC, resource, subresource: '', name: '', namespace };
  return mayNaively(policy, user, escalates) || holdsAll(heldRules(policy, user, namespace), rules);
}

/** Only with all that the role allows, or with the right to bind it. */
function mayBind(policy: NaivePolicy, user: NaiveUser, binding: NaiveBinding): boolean {
  const { namespace, role } = binding;
  const resource = role.kind === 'Role' ? 'roles' : 'clusterroles';
  const binds = { verb: 'bind', group: RBAC, resource, subresource: '', name: role.name, namespace };
  return mayNaively(policy, user, binds) || holdsAll(heldRules(policy, user, namespace), rulesOf(policy, binding));
}

interface World {
  readonly policy: NaivePolicy;
  may(user: NaiveUser, action: NaiveAction): boolean;
  review(user: NaiveUser, action: NaiveAction): boolean;
  /** Asks for an object as somebody, and takes nothing for granted afterwards: it is only tried. */
  make(user: NaiveUser, object: RbacObject): { status: number; message: string };
}

/** A server that holds the policy. */
function worldOf(policy: NaivePolicy): World {
  let asking = ADMIN;
  const authorizers = authorizersOf(['RBAC']);
  const server = testServer({
    authorizers,
    authenticators: [{ name: 'test', authenticate: () => ({ user: asking }) }],
  });
  for (const name of ['one', 'two']) post(server, '/api/v1/namespaces', { metadata: { name } });
  for (const role of policy.roles) post(server, pathOf(roleObject(role)), gathered(roleObject(role), policy));
  for (const binding of policy.bindings) post(server, pathOf(bindingObject(binding)), bindingObject(binding));
  return {
    policy,
    may: (user, action) => {
      const info = { isResource: true, path: '', version: '', group: '', resource: '', subresource: '' };
      const asked = { ...info, name: '', namespace: '', isResource: !('path' in action), ...action };
      return authorizers.some(
        (each) => each.authorize({ user, info: asked, store: server.store }).decision === 'allow',
      );
    },
    review: (user, action) => {
      const attributes =
        'path' in action
          ? { nonResourceAttributes: action }
          : { resourceAttributes: { ...action, ...(action.namespace === '' ? { namespace: undefined } : {}) } };
      const spec = { user: user.name, groups: user.groups, ...attributes };
      const { text } = send(server, '/apis/authorization.k8s.io/v1/subjectaccessreviews', { spec });
      return (JSON.parse(text) as { status: { allowed: boolean } }).status.allowed;
    },
    make: (user, object) => {
      asking = user;
      const { status, text } = send(server, `${pathOf(object)}?dryRun=All`, object);
      asking = ADMIN;
      return { status, message: text };
    },
  };
}

interface RbacObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}

function roleObject({ namespace, name, labels, rules, gathers }: NaiveRole): RbacObject {
  const aggregationRule = gathers && { clusterRoleSelectors: gathers.map((matchLabels) => ({ matchLabels })) };
  const kind = namespace === '' ? 'ClusterRole' : 'Role';
  const metadata = { name, labels, ...(namespace === '' ? {} : { namespace }) };
  return { apiVersion: `${RBAC}/v1`, kind, metadata, rules, ...(gathers ? { aggregationRule } : {}) } as RbacObject;
}

/** As the controller leaves a role that gathers others. */
function gathered(object: RbacObject, { roles }: NaivePolicy): object {
  if (!('aggregationRule' in object)) return object;
  const all = roles.filter(({ namespace }) => namespace === '').map((role) => roleObject(role) as ClusterRole);
  return { ...object, rules: aggregatedRules(object as ClusterRole, all) };
}

function bindingObject({ namespace, name, role, subjects }: NaiveBinding): RbacObject {
  const kind = namespace === '' ? 'ClusterRoleBinding' : 'RoleBinding';
  const metadata = { name, ...(namespace === '' ? {} : { namespace }) };
  const named = subjects.map((each) => (each.kind === 'ServiceAccount' ? each : { apiGroup: RBAC, ...each }));
  const roleRef = { apiGroup: RBAC, ...role };
  return { apiVersion: `${RBAC}/v1`, kind, metadata, roleRef, subjects: named } as RbacObject;
}

function pathOf({ kind, metadata }: RbacObject): string {
  const at = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `/apis/${RBAC}/v1${at}/${kind.toLowerCase()}s`;
}

function post(server: TestServer, target: string, object: object): void {
  const { status, text } = send(server, target, object);
  if (status !== 201) throw new Error(`${target}: ${text}`);
}

function send(server: TestServer, target: string, object: object): { status: number; text: string } {
  const body = Buffer.from(JSON.stringify(object));
  const answer = server.request({ method: 'POST', target, headers: { 'content-type': 'application/json' }, body });
  return { status: answer.status, text: Buffer.from(answer.body ?? '').toString() };
}

function told(policy: NaivePolicy, user: NaiveUser, wanted: object, naive: boolean): string {
  const held = 'namespace' in wanted ? String(wanted.namespace) : '';
  const rules = heldRules(policy, user, held);
  return `RBAC_SEED=${SEED}: naively ${naive ? 'allowed' : 'refused'}\n${JSON.stringify({ user, wanted, rules }, null, 1)}`;
}
