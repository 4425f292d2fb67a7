import { goQuote } from '../../../api/go-text.js';
import type { UserInfo } from '../../request/user-info.js';
import type { Admission, AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';
import { admitClaimStatus } from './claims.js';
import { admitNode } from './nodes.js';
import { admitOwnName, admitRequest, admitResourceSlice } from './own-objects.js';
import { admitEviction, admitPod, admitPodStatus } from './pods.js';
import { admitToken } from './tokens.js';

const PREFIX = 'system:node:';

type Rule = (node: string, request: AdmissionRequest) => void;

/** What a kubelet may change, by resource: its own node, its own pods, and what belongs to these. */
const RULES: Readonly<Record<string, Rule>> = {
  'certificates.k8s.io/certificatesigningrequests': admitRequest,
  'coordination.k8s.io/leases': (node, request) => {
    const { namespace } = request;
    if (namespace !== 'kube-node-lease') {
      throw refusal(request, 'can only access leases in the "kube-node-lease" system namespace');
    }
    admitOwnName(node, request, 'node lease');
  },
  nodes: admitNode,
  persistentvolumeclaims: admitClaimStatus,
  pods: admitAnyPod,
  'resource.k8s.io/resourceslices': admitResourceSlice,
  serviceaccounts: admitToken,
  'storage.k8s.io/csinodes': (node, request) => admitOwnName(node, request, 'CSINode'),
};

/** Keeps kubelets to their own: a stolen one cannot touch other nodes, nor draw pods to itself by its labels. */
export const NODE_RESTRICTION: Admission = {
  name: 'NodeRestriction',
  mutate(request) {
    const node = nodeOf(request.user);
    if (node === undefined || request.operation === 'CONNECT') return;
    if (node === '') throw refusal(request, `could not determine node from user ${goQuote(request.user.name)}`);
    const { group, plural } = request.kind;
    const rule = RULES[group === '' ? plural : `${group}/${plural}`];
    rule?.(node, request);
  },
};

function nodeOf({ name, groups }: UserInfo): string | undefined {
  return name.startsWith(PREFIX) && groups.includes('system:nodes') ? name.slice(PREFIX.length) : undefined;
}

function admitAnyPod(node: string, request: AdmissionRequest): void {
  const { subresource } = request;
  if (subresource === '') return admitPod(node, request);
  if (subresource === 'status') return admitPodStatus(node, request);
  if (subresource === 'eviction') return admitEviction(node, request);
  const words = `unexpected pod subresource ${goQuote(subresource)}, only 'status' and 'eviction' are allowed`;
  throw refusal(request, words);
}
