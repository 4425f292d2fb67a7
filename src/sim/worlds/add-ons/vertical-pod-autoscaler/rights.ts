import type { KubeObject } from '../../../api/object.js';

const NAMESPACE = 'kube-system';
const RBAC = 'rbac.authorization.k8s.io';
const READ = ['get', 'list', 'watch'];
const GROUPS = ['poc.autoscaling.k8s.io', 'autoscaling.k8s.io'];

type Who = 'vpa-admission-controller' | 'vpa-recommender' | 'vpa-updater';
type Rule = { apiGroups: string[]; resources: string[]; verbs: string[]; resourceNames?: string[] };

const rule = (apiGroups: string[], resources: string[], verbs: string[]): Rule => ({ apiGroups, resources, verbs });
const autoscalers = GROUPS.map((group) => rule([group], ['verticalpodautoscalers'], READ));

interface Right {
  readonly role: string;
  readonly binding: string;
  readonly rules: readonly Rule[];
  readonly who: readonly Who[];
}

/** What each of the programs may do in the cluster (deploy/vpa-rbac.yaml). */
const RIGHTS: readonly Right[] = [
  {
    role: 'system:metrics-reader',
    binding: 'system:metrics-reader',
    rules: [rule(['metrics.k8s.io'], ['pods'], ['get', 'list'])],
    who: ['vpa-recommender'],
  },
  {
    role: 'system:vpa-actor',
    binding: 'system:vpa-actor',
    rules: [
      rule([''], ['pods', 'nodes', 'limitranges'], READ),
      rule(['', 'events.k8s.io'], ['events'], ['create', 'get', 'list', 'watch', 'patch', 'update']),
      ...autoscalers,
    ],
    who: ['vpa-recommender', 'vpa-updater'],
  },
  {
    role: 'system:vpa-status-actor',
    binding: 'system:vpa-status-actor',
    rules: [rule(['autoscaling.k8s.io'], ['verticalpodautoscalers/status'], ['get', 'patch'])],
    who: ['vpa-recommender'],
  },
  {
    role: 'system:vpa-checkpoint-actor',
    binding: 'system:vpa-checkpoint-actor',
    rules: GROUPS.map((group) =>
      rule([group], ['verticalpodautoscalercheckpoints'], [...READ, 'create', 'patch', 'delete']),
    ),
    who: ['vpa-recommender'],
  },
  {
    role: 'system:evictioner',
    binding: 'system:vpa-evictioner-binding',
    rules: [rule(['apps', 'extensions'], ['replicasets'], ['get']), rule([''], ['pods/eviction'], ['create'])],
    who: ['vpa-updater'],
  },
  {
    role: 'system:vpa-updater-in-place',
    binding: 'system:vpa-updater-in-place-binding',
    rules: [rule([''], ['pods/resize', 'pods'], ['patch'])],
    who: ['vpa-updater'],
  },
  {
    role: 'system:vpa-target-reader',
    binding: 'system:vpa-target-reader-binding',
    rules: [
      rule(['*'], ['*/scale'], ['get', 'watch']),
      rule([''], ['replicationcontrollers'], READ),
      rule(['apps'], ['daemonsets', 'deployments', 'replicasets', 'statefulsets'], READ),
      rule(['batch'], ['jobs', 'cronjobs'], READ),
    ],
    who: ['vpa-recommender', 'vpa-admission-controller', 'vpa-updater'],
  },
  {
    role: 'system:vpa-admission-controller',
    binding: 'system:vpa-admission-controller',
    rules: [
      rule([''], ['pods', 'configmaps', 'nodes', 'limitranges'], READ),
      rule(
        ['admissionregistration.k8s.io'],
        ['mutatingwebhookconfigurations'],
        ['create', 'delete', 'get', 'list', 'patch'],
      ),
      ...autoscalers,
      rule(['coordination.k8s.io'], ['leases'], ['create', 'update', ...READ]),
    ],
    who: ['vpa-admission-controller'],
  },
  {
    role: 'system:vpa-status-reader',
    binding: 'system:vpa-status-reader-binding',
    rules: [rule(['coordination.k8s.io'], ['leases'], READ)],
    who: ['vpa-updater'],
  },
];

/** Accounts, roles and bindings of the Vertical Pod Autoscaler. */
export function autoscalerRights(): KubeObject[] {
  const accounts: Who[] = ['vpa-admission-controller', 'vpa-recommender', 'vpa-updater'];
  const subject = (name: string) => ({ kind: 'ServiceAccount', name, namespace: NAMESPACE });
  return [
    ...RIGHTS.map(({ role, rules }) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRole',
      metadata: { name: role },
      rules,
    })),
    ...RIGHTS.map(({ role, binding, who }) => ({
      apiVersion: `${RBAC}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: binding },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: who.map(subject),
    })),
    ...accounts.map((name) => ({
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name, namespace: NAMESPACE },
    })),
    ...leaderLocks('vpa-updater', ['vpa-updater']),
    ...leaderLocks('vpa-recommender', ['vpa-recommender', 'vpa-recommender-lease']),
  ] as KubeObject[];
}

/** What a program needs to be the only one of its kind that works. */
function leaderLocks(who: Who, leases: string[]): object[] {
  const metadata = { name: `system:leader-locking-${who}`, namespace: NAMESPACE };
  const group = ['coordination.k8s.io'];
  return [
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata,
      rules: [
        rule(group, ['leases'], ['create']),
        { ...rule(group, ['leases'], ['get', 'watch', 'update']), resourceNames: leases },
      ],
    },
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: RBAC, kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: who, namespace: NAMESPACE }],
    },
  ];
}
