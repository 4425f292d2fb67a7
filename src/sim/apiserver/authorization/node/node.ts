import { parseFieldSelector } from '../../../api/field-selectors.js';
import { goQuote } from '../../../api/go-text.js';
import { SelectorError } from '../../../api/labels.js';
import type { UserInfo } from '../../request/user-info.js';
import { NODE_RULES } from '../../start/policy/policy.js';
import { type Access, ALLOW, type Authorizer, type Decision, NO_OPINION } from '../authorizer.js';
import { RuleTable } from '../rbac/rule-table.js';
import { graphOf, type NodeGraph } from './graph.js';

const PREFIX = 'system:node:';
const LEASES_NAMESPACE = 'kube-node-lease';
const OWN_OBJECT_VERBS = new Set(['get', 'create', 'update', 'patch', 'delete']);

/** A node's question: its name, what it wants, what concerns it. */
interface NodeAccess {
  readonly node: string;
  readonly info: Access;
  readonly graph: NodeGraph | undefined;
}

/** --authorization-mode=Node: kubelets, each for what concerns its own node (plugin/pkg/auth/authorizer/node). */
export function nodeAuthorizer(): Authorizer {
  const rules = new RuleTable<Decision>();
  for (const rule of NODE_RULES) rules.add(rule, ALLOW);
  let graph: NodeGraph | undefined;
  return {
    mode: 'Node',
    authorize: ({ user, info, store }) => {
      const node = nodeOf(user);
      if (node === undefined) return NO_OPINION;
      if (node === '') return refuse(`unknown node for user ${goQuote(user.name)}`);
      if (store) graph = graphOf(store);
      const closer = info.isResource ? CLOSER[`${info.group}/${info.resource}`] : undefined;
      return closer ? closer({ node, info, graph }) : (rules.find(info) ?? NO_OPINION);
    },
    rulesFor: (user) => {
      const isNode = nodeOf(user) !== undefined;
      const errors = isNode ? ['node authorizer does not support user rule resolution'] : [];
      return { rules: [], incomplete: isNode, errors };
    },
  };
}

/** The node a user is; '' for one of the nodes without a name, undefined for anybody else. */
function nodeOf({ name, groups }: UserInfo): string | undefined {
  return name.startsWith(PREFIX) && groups.includes('system:nodes') ? name.slice(PREFIX.length) : undefined;
}

type Closer = (access: NodeAccess) => Decision;

/** Resources of which a node may have only some objects, by group and name. */
const CLOSER: Readonly<Record<string, Closer>> = {
  '/configmaps': readNamespaced,
  '/nodes': ownNode,
  '/persistentvolumeclaims': (access) => (access.info.subresource === 'status' ? updateStatus(access) : get(access)),
  '/persistentvolumes': get,
  '/pods': ownPods,
  '/secrets': readNamespaced,
  '/serviceaccounts': (access) =>
    access.info.verb === 'get' && access.info.subresource === '' ? readNamespaced(access) : createToken(access),
  'certificates.k8s.io/podcertificaterequests': () => NO_OPINION,
  'coordination.k8s.io/leases': ownLease,
  'resource.k8s.io/resourceclaims': get,
  'resource.k8s.io/resourceslices': ownSlices,
  'storage.k8s.io/csinodes': ownCsiNode,
  'storage.k8s.io/volumeattachments': get,
};

function refuse(reason: string): Decision {
  return { decision: 'no-opinion', reason };
}

/** One object that concerns the node. */
function related({ node, info, graph }: NodeAccess): Decision {
  if (info.name === '') return refuse('No Object name found');
  if (graph?.concerns(node, info.resource, info.namespace, info.name)) return ALLOW;
  return refuse(`no relationship found between node '${node}' and this object`);
}

function get(access: NodeAccess): Decision {
  if (access.info.verb !== 'get') return refuse('can only get individual resources of this type');
  return access.info.subresource === '' ? related(access) : refuse('cannot get subresource');
}

function readNamespaced(access: NodeAccess): Decision {
  const { verb, subresource, namespace } = access.info;
  if (!isRead(verb)) return refuse('can only read resources of this type');
  if (subresource !== '') return refuse('cannot read subresource');
  return namespace === '' ? refuse('can only read namespaced object of this type') : related(access);
}

function updateStatus(access: NodeAccess): Decision {
  const { verb } = access.info;
  return verb === 'update' || verb === 'patch' ? related(access) : refuse('can only get/update/patch this type');
}

function createToken(access: NodeAccess): Decision {
  const { verb, name, subresource } = access.info;
  if (verb !== 'create' || name === '') return refuse('can only create tokens for individual service accounts');
  if (subresource !== 'token') return refuse('can only create token subresource of serviceaccount');
  return related(access);
}

function ownLease({ node, info }: NodeAccess): Decision {
  if (!OWN_OBJECT_VERBS.has(info.verb)) return refuse('can only get, create, update, patch, or delete a node lease');
  if (info.namespace !== LEASES_NAMESPACE) {
    return refuse(`can only access leases in the "${LEASES_NAMESPACE}" system namespace`);
  }
  // Nobody knows the name of what is to be made; admission looks at it.
  if (info.verb === 'create' || info.name === node) return ALLOW;
  return refuse('can only access node lease with the same name as the requesting node');
}

function ownCsiNode({ node, info }: NodeAccess): Decision {
  if (!OWN_OBJECT_VERBS.has(info.verb)) return refuse('can only get, create, update, patch, or delete a CSINode');
  if (info.subresource !== '') return refuse('cannot authorize CSINode subresources');
  if (info.verb === 'create' || info.name === node) return ALLOW;
  return refuse('can only access CSINode with the same name as the requesting node');
}

function ownSlices(access: NodeAccess): Decision {
  const { verb, subresource } = access.info;
  if (subresource !== '') return refuse('cannot authorize ResourceSlice subresources');
  switch (verb) {
    case 'create':
      return ALLOW;
    case 'get':
    case 'update':
    case 'patch':
    case 'delete':
      return related(access);
    case 'watch':
    case 'list':
    case 'deletecollection':
      if (selectsOwn(access, 'spec.nodeName')) return ALLOW;
      return refuse('can only list/watch/deletecollection resourceslices with nodeName field selector');
    default:
      return refuse(
        'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection',
      );
  }
}

function ownNode({ node, info }: NodeAccess): Decision {
  const { verb, subresource, name } = info;
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? ALLOW : NO_OPINION;
  if (subresource !== '') return NO_OPINION;
  if (verb === 'create' || verb === 'update' || verb === 'patch') return ALLOW;
  if (!isRead(verb)) return NO_OPINION;
  if (name === node) return ALLOW;
  if (name === '') return refuse(`node '${node}' cannot read all nodes, only its own Node object`);
  return refuse(`node '${node}' cannot read '${name}', only its own Node object`);
}

function ownPods(access: NodeAccess): Decision {
  const { verb, subresource, name } = access.info;
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? ALLOW : NO_OPINION;
  if (subresource === 'eviction') return verb === 'create' ? ALLOW : NO_OPINION;
  if (subresource !== '') return NO_OPINION;
  if (verb === 'create' || verb === 'delete') return ALLOW;
  if (verb === 'get') return related(access);
  if (!isRead(verb)) return NO_OPINION;
  if (selectsOwn(access, 'spec.nodeName')) return ALLOW;
  return name === '' ? refuse('can only list/watch pods with spec.nodeName field selector') : related(access);
}

function isRead(verb: string): boolean {
  return verb === 'get' || verb === 'list' || verb === 'watch';
}

/** Whether a list is narrowed to the node by a field. */
function selectsOwn({ node, info }: NodeAccess, field: string): boolean {
  if (!info.fieldSelector) return false;
  try {
    return parseFieldSelector(info.fieldSelector).some(
      (one) => one.field === field && one.operator === '=' && one.value === node,
    );
  } catch (error) {
    if (error instanceof SelectorError) return false;
    throw error;
  }
}
