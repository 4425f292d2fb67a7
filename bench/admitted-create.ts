import { admissionChain } from '../src/sim/apiserver/admission/chain.js';
import { authorizersOf } from '../src/sim/apiserver/authorization/modes.js';
import type { ServerParts } from '../src/sim/apiserver/parts.js';
import { testServer } from '../test/sim/apiserver/harness.js';
import { PODS, pod } from './api-requests.js';
import type { Benchmark } from './benchmark.js';
import { cpuMs } from './machine.js';

const WARM_UP = 300;
const TURNS = 40;
const ROUNDS = 21;
const BINDINGS = 1000;
const POLICIES = 100;
const JSON_TYPE = { 'content-type': 'application/json' };
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
/** What the policies look at, in turn: one in ten at what is created. */
const LOOKED_AT = ['pods', 'services', 'secrets', 'configmaps', 'nodes', 'events', 'endpoints', 'limitranges'];
const MORE_LOOKED_AT = ['replicationcontrollers', 'persistentvolumeclaims'];

type Post = (target: string, object: object) => void;

/**
 * What measures the microseconds of processor time that creating a pod takes at such a server, after what is put into it
 * first. The server stays, and is warm: what it is compared with is measured in turn with it, in many short rounds.
 */
function createsAt(partsOf: () => Partial<ServerParts>, prepare: (post: Post) => void = () => {}): () => number {
  let turns: ((count: number) => void) | undefined;
  return () => {
    if (!turns) {
      turns = readyServer(partsOf(), prepare);
      turns(WARM_UP);
    }
    const started = cpuMs();
    turns(TURNS);
    return (1000 * (cpuMs() - started)) / TURNS;
  };
}

/** A server with a namespace, and what creates so many pods there. */
function readyServer(overrides: Partial<ServerParts>, prepare: (post: Post) => void): (count: number) => void {
  let user = { name: 'admin', groups: ['system:masters'] };
  const authenticators = [{ name: 'bench', authenticate: () => ({ user }) }];
  const server = testServer({ ...overrides, authenticators });
  const post: Post = (target, object) => {
    const body = Buffer.from(JSON.stringify(object));
    const { status } = server.request({ method: 'POST', target, headers: JSON_TYPE, body });
    if (status !== 201) throw new Error(`POST ${target} ended with ${status}`);
  };
  post('/api/v1/namespaces', { metadata: { name: 'default' } });
  post('/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'default' } });
  prepare(post);
  user = { name: 'bench', groups: ['devs', 'system:authenticated'] };
  let created = 0;
  return (count) => {
    for (const end = created + count; created < end; created += 1) post(PODS, pod(created));
  };
}

/** Allowed by a role, and seen by all the admission plug-ins that kubeadm's server has. */
function admitted(prepare?: (post: Post) => void): () => number {
  const parts = () => ({
    authorizers: authorizersOf(['Node', 'RBAC']),
    admission: admissionChain(['NodeRestriction']),
  });
  return createsAt(parts, (post) => {
    post(`/apis/${RBAC}/v1/namespaces/default/roles`, {
      metadata: { name: 'maker' },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['create'] }],
    });
    post(`/apis/${RBAC}/v1/namespaces/default/rolebindings`, binding('maker', 'Role', 'maker', 'bench'));
    prepare?.(post);
  });
}

function binding(name: string, kind: string, role: string, user: string): object {
  const subjects = [{ apiGroup: RBAC, kind: 'User', name: user }];
  return { metadata: { name }, roleRef: { apiGroup: RBAC, kind, name: role }, subjects };
}

/** As many bindings, half of them of the namespace, a tenth for whoever creates; as many policies with a binding each. */
function crowd(post: Post): void {
  const rules = [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] }];
  post(`/apis/${RBAC}/v1/clusterroles`, { metadata: { name: 'reader' }, rules });
  for (let index = 0; index < BINDINGS; index += 1) {
    const object = binding(`more-${index}`, 'ClusterRole', 'reader', index % 10 === 0 ? 'bench' : `user-${index}`);
    const path = index % 2 === 0 ? 'namespaces/default/rolebindings' : 'clusterrolebindings';
    post(`/apis/${RBAC}/v1/${path}`, object);
  }
  const kinds = [...LOOKED_AT, ...MORE_LOOKED_AT];
  for (let index = 0; index < POLICIES; index += 1) {
    const name = `policy-${index}`;
    const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: [kinds[index % 10]] };
    post(`/apis/${ADMISSION}/v1/validatingadmissionpolicies`, {
      metadata: { name },
      spec: {
        matchConstraints: { resourceRules: [rule] },
        validations: [{ expression: `object.metadata.name != 'forbidden-${index}'` }],
      },
    });
    post(`/apis/${ADMISSION}/v1/validatingadmissionpolicybindings`, {
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    });
  }
}

/** What it costs that a create is authorized and admitted, and that there are many who might and much that looks on. */
export const admittedCreate: readonly Benchmark[] = [
  {
    name: 'create, authorized and admitted',
    unit: 'µs',
    // Allowed to everybody, and nothing looks at it.
    against: { name: 'create, bare', measure: createsAt(() => ({ admission: [] })) },
    aimMax: 1.5,
    rounds: ROUNDS,
    measure: admitted(),
  },
  {
    name: `… with ${BINDINGS} bindings, ${POLICIES} policies`,
    unit: 'µs',
    against: { name: 'create, authorized and admitted', measure: admitted() },
    aimMax: 1.5,
    rounds: ROUNDS,
    measure: admitted(crowd),
  },
];
