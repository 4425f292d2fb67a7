/** networking.k8s.io/v1 NetworkPolicy. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid, required } from '../field-error.js';
import { formatSelectorObject } from '../labels.js';
import { portName, portNumber } from '../names.js';
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../types/policy.js';
import { isStrictSubset, parseCIDR, validateCIDR } from './ip-rules.js';
import { type ApiKind, column, countGeneration, defineKind, specChanged } from './kind.js';
import { checkText, oneOf, validateLabelSelector, validateMeta, validateMetaUpdate } from './meta.js';

/** The strategy of network policies. */
export const networkPolicyKind: ApiKind = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  namespaced: true,
  shortNames: ['netpol'],
  applyDefaults: (object) => applyDefaults(object as NetworkPolicy),
  prepareCreate: ({ metadata }) => {
    metadata.generation = 1;
  },
  prepareUpdate: (object, old) => countGeneration(object, old, specChanged(object, old)),
  validateCreate: (object) => [...validateMeta(object, true), ...validateSpec(object as NetworkPolicy)],
  validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validateSpec(object as NetworkPolicy)],
  printer: {
    columns: [
      column('Name'),
      column('Pod-Selector', 'string', 0, 'networking.v1.NetworkPolicySpec.podSelector'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec } = object as NetworkPolicy;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, formatSelectorObject(spec.podSelector), age] }];
    },
  },
});

function applyDefaults(policy: NetworkPolicy): void {
  policy.spec ??= {};
  const { spec } = policy;
  spec.podSelector ??= {};
  if (!spec.policyTypes?.length) spec.policyTypes = spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])]) {
    for (const port of rule.ports ?? []) port.protocol ??= 'TCP';
  }
}

function validateSpec({ spec }: NetworkPolicy): FieldError[] {
  const { ingress = [], egress = [], policyTypes = [] } = spec;
  const errors = validateLabelSelector(spec.podSelector, 'spec.podSelector');
  ingress.forEach(({ ports = [], from = [] }, index) => {
    errors.push(...validateRule(`spec.ingress[${index}]`, ports, 'from', from));
  });
  egress.forEach(({ ports = [], to = [] }, index) => {
    errors.push(...validateRule(`spec.egress[${index}]`, ports, 'to', to));
  });
  if (policyTypes.length > 2) {
    return [...errors, invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')];
  }
  const types = policyTypes.flatMap((type, index) => oneOf(`spec.policyTypes[${index}]`, type, ['Ingress', 'Egress']));
  return [...errors, ...types];
}

function validateRule(
  path: string,
  ports: readonly NetworkPolicyPort[],
  side: 'from' | 'to',
  peers: readonly NetworkPolicyPeer[],
): FieldError[] {
  return [
    ...ports.flatMap((port, index) => validatePort(`${path}.ports[${index}]`, port)),
    ...peers.flatMap((peer, index) => validatePeer(`${path}.${side}[${index}]`, peer)),
  ];
}

function validatePort(path: string, { protocol, port, endPort }: NetworkPolicyPort): FieldError[] {
  const errors = oneOf(`${path}.protocol`, protocol, ['TCP', 'UDP', 'SCTP']);
  const last = `${path}.endPort`;
  if (port === undefined) {
    if (endPort !== undefined) errors.push(invalid(last, endPort, 'may not be specified when `port` is not specified'));
  } else if (typeof port === 'string') {
    if (endPort !== undefined) errors.push(invalid(last, endPort, 'may not be specified when `port` is non-numeric'));
    errors.push(...checkText(`${path}.port`, port, portName));
  } else {
    errors.push(...portNumber(port).map((words) => invalid(`${path}.port`, port, words)));
    if (endPort !== undefined) {
      if (endPort < port) errors.push(invalid(last, port, 'must be greater than or equal to `port`'));
      errors.push(...portNumber(endPort).map((words) => invalid(last, endPort, words)));
    }
  }
  return errors;
}

function validatePeer(path: string, { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): FieldError[] {
  const errors = [
    ...validateLabelSelector(podSelector, `${path}.podSelector`),
    ...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`),
    ...(ipBlock ? validateBlock(`${path}.ipBlock`, ipBlock) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(path, 'must specify a peer'));
  else if (ipBlock && (podSelector || namespaceSelector)) {
    errors.push(forbidden(path, 'may not specify both ipBlock and another peer'));
  }
  return errors;
}

function validateBlock(path: string, { cidr, except = [] }: { cidr: string; except?: string[] }): FieldError[] {
  if (!cidr) return [required(`${path}.cidr`)];
  const errors = validateCIDR(`${path}.cidr`, cidr);
  if (!parseCIDR(cidr)) return errors;
  except.forEach((block, index) => {
    const at = `${path}.except[${index}]`;
    errors.push(...validateCIDR(at, block));
    if (parseCIDR(block) && !isStrictSubset(cidr, block)) {
      errors.push(invalid(at, block, 'must be a strict subset of `cidr`'));
    }
  });
  return errors;
}
