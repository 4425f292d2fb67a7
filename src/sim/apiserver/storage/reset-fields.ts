import { knownType } from '../../api/facts/fact-types.js';
import type { ServedKind } from '../served-kind.js';

type Paths = readonly (readonly string[])[];

const SPEC: Paths = [['spec']];
const STATUS: Paths = [['status']];
const ALL_BUT_STATUS: Paths = [['metadata'], ['spec']];

/** Where a kind resets something else than most kinds do (GetResetFields of its strategies). */
const RESETS: Readonly<Record<string, Readonly<Record<string, Paths>>>> = {
  'apiservices.apiregistration.k8s.io': { status: ALL_BUT_STATUS },
  'certificatesigningrequests.certificates.k8s.io': {
    '': [['spec'], ['status']],
    approval: [['spec'], ['status', 'certificate']],
    status: [['spec'], ['status', 'conditions']],
  },
  'deployments.apps': { status: [['spec'], ['metadata', 'labels']] },
  'flowschemas.flowcontrol.apiserver.k8s.io': { status: ALL_BUT_STATUS },
  'namespaces.': { finalize: STATUS },
  'pods.': {
    get ephemeralcontainers() {
      return allBut('core.v1.PodSpec', 'ephemeralContainers');
    },
    status: [['spec'], ['metadata', 'deletionTimestamp'], ['metadata', 'ownerReferences']],
  },
  'prioritylevelconfigurations.flowcontrol.apiserver.k8s.io': { status: ALL_BUT_STATUS },
  'resourceclaims.resource.k8s.io': { status: ALL_BUT_STATUS },
  'servicecidrs.networking.k8s.io': { '': [], status: ALL_BUT_STATUS },
  'validatingadmissionpolicies.admissionregistration.k8s.io': { status: ALL_BUT_STATUS },
  'volumeattachments.storage.k8s.io': { status: ALL_BUT_STATUS },
};

/** Everything of an object but one field of its spec. */
function allBut(spec: string, field: string): Paths {
  const others = knownType(spec).fields.filter(({ json }) => json !== field);
  return [['metadata'], ['status'], ...others.map(({ json }) => ['spec', json])];
}

/** The fields that a write to a kind, or to one of its subresources, leaves as they are. */
export function resetFields(kind: ServedKind, subresource: string): Paths {
  const special = RESETS[`${kind.plural}.${kind.group}`]?.[subresource];
  if (special) return special;
  if (subresource === 'status') return kind.custom ? ALL_BUT_STATUS : SPEC;
  return subresource === '' && kind.subresources.includes('status') ? STATUS : [];
}
