/** The flow schemas and priority levels every server makes when it starts (apiserver flowcontrol/bootstrap). */
import type {
  FlowSchema,
  FlowSubject,
  PolicyRulesWithSubjects,
  PriorityLevelConfiguration,
  PriorityLevelConfigurationSpec,
  ResourcePolicyRule,
} from '../../types/flow-control.js';

const ALL = ['*'];
const API_VERSION = 'flowcontrol.apiserver.k8s.io/v1';
/** The server changes objects of its own as long as this says so. */
const AUTO_UPDATE = { 'apf.kubernetes.io/autoupdate-spec': 'true' };

const EVERYTHING: ResourcePolicyRule = {
  verbs: ALL,
  apiGroups: ALL,
  resources: ALL,
  clusterScope: true,
  namespaces: ALL,
};

/** Subjects and everything they may ask for. */
function anythingBy(...subjects: FlowSubject[]): PolicyRulesWithSubjects {
  return { subjects, resourceRules: [EVERYTHING], nonResourceRules: [{ verbs: ALL, nonResourceURLs: ALL }] };
}

function group(name: string): FlowSubject {
  return { kind: 'Group', group: { name } };
}

function user(name: string): FlowSubject {
  return { kind: 'User', user: { name } };
}

const NODES = group('system:nodes');
const EVERYBODY = [group('system:unauthenticated'), group('system:authenticated')];
const CONTROLLERS = user('system:kube-controller-manager');
const SCHEDULER = user('system:kube-scheduler');
const SYSTEM_ACCOUNTS: FlowSubject = {
  kind: 'ServiceAccount',
  serviceAccount: { namespace: 'kube-system', name: '*' },
};
const LEASES = { apiGroups: ['coordination.k8s.io'], resources: ['leases'], namespaces: ALL };

/** Name, priority level, precedence, what tells flows apart, rules. */
type SchemaRow = readonly [string, string, number, string, PolicyRulesWithSubjects];

const MANDATORY_SCHEMAS: readonly SchemaRow[] = [
  ['exempt', 'exempt', 1, '', anythingBy(group('system:masters'))],
  ['catch-all', 'catch-all', 10_000, 'ByUser', anythingBy(...EVERYBODY)],
];

const SUGGESTED_SCHEMAS: readonly SchemaRow[] = [
  ['system-nodes', 'system', 500, 'ByUser', anythingBy(NODES)],
  [
    'system-node-high',
    'node-high',
    400,
    'ByUser',
    {
      subjects: [NODES],
      resourceRules: [
        { verbs: ALL, apiGroups: [''], resources: ['nodes', 'nodes/status'], clusterScope: true, namespaces: ALL },
        { verbs: ALL, ...LEASES },
      ],
    },
  ],
  [
    'probes',
    'exempt',
    2,
    '',
    {
      subjects: EVERYBODY,
      nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/readyz', '/livez'] }],
    },
  ],
  [
    'system-leader-election',
    'leader-election',
    100,
    'ByUser',
    {
      subjects: [CONTROLLERS, SCHEDULER, SYSTEM_ACCOUNTS],
      resourceRules: [{ verbs: ['get', 'create', 'update'], ...LEASES }],
    },
  ],
  ['kube-controller-manager', 'workload-high', 800, 'ByNamespace', anythingBy(CONTROLLERS)],
  ['kube-scheduler', 'workload-high', 800, 'ByNamespace', anythingBy(SCHEDULER)],
  ['kube-system-service-accounts', 'workload-high', 900, 'ByNamespace', anythingBy(SYSTEM_ACCOUNTS)],
  ['service-accounts', 'workload-low', 9000, 'ByUser', anythingBy(group('system:serviceaccounts'))],
  ['global-default', 'global-default', 9900, 'ByUser', anythingBy(...EVERYBODY)],
];

/** Name, shares, per cent it may lend, queues, hand size: all of them queue fifty requests. */
const SUGGESTED_LEVELS: readonly (readonly [string, number, number, number, number])[] = [
  ['system', 30, 33, 64, 6],
  ['node-high', 40, 25, 64, 6],
  ['leader-election', 10, 0, 16, 4],
  ['workload-high', 40, 50, 128, 6],
  ['workload-low', 100, 90, 128, 6],
  ['global-default', 20, 50, 128, 6],
];

/** The specs that priority levels of these names must have. */
export const MANDATORY_LEVELS: Readonly<Record<string, PriorityLevelConfigurationSpec>> = {
  exempt: { type: 'Exempt', exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } },
  'catch-all': {
    type: 'Limited',
    limited: { nominalConcurrencyShares: 5, limitResponse: { type: 'Reject' }, lendablePercent: 0 },
  },
};

/** The flow schemas whose specs are fixed. */
export function mandatoryFlowSchemas(): FlowSchema[] {
  return MANDATORY_SCHEMAS.map(flowSchema);
}

/** All flow schemas of a new server, in the order it makes them. */
export function bootstrapFlowSchemas(): FlowSchema[] {
  return [...SUGGESTED_SCHEMAS, ...MANDATORY_SCHEMAS].map(flowSchema);
}

/** All priority levels of a new server, in the order it makes them. */
export function bootstrapPriorityLevels(): PriorityLevelConfiguration[] {
  const suggested = SUGGESTED_LEVELS.map(([name, shares, lendable, queues, handSize]) => {
    const limitResponse = { type: 'Queue', queuing: { queues, handSize, queueLengthLimit: 50 } };
    const limited = { nominalConcurrencyShares: shares, limitResponse, lendablePercent: lendable };
    return priorityLevel(name, { type: 'Limited', limited });
  });
  return [...suggested, ...Object.entries(MANDATORY_LEVELS).map(([name, spec]) => priorityLevel(name, spec))];
}

function flowSchema([name, level, matchingPrecedence, method, rules]: SchemaRow): FlowSchema {
  return {
    apiVersion: API_VERSION,
    kind: 'FlowSchema',
    metadata: { name, annotations: { ...AUTO_UPDATE } },
    spec: {
      priorityLevelConfiguration: { name: level },
      matchingPrecedence,
      ...(method === '' ? {} : { distinguisherMethod: { type: method } }),
      rules: [rules],
    },
  };
}

function priorityLevel(name: string, spec: PriorityLevelConfigurationSpec): PriorityLevelConfiguration {
  const metadata = { name, annotations: { ...AUTO_UPDATE } };
  return { apiVersion: API_VERSION, kind: 'PriorityLevelConfiguration', metadata, spec };
}
