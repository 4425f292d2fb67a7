/** How strategic merge patches treat the lists of the API's types (the patchStrategy and patchMergeKey tags of k8s.io/api). */

/** Merged by a key, as a set of plain values, or replaced as a whole. */
export type ListRule = { readonly key: string } | 'set' | 'replace';

/** Lists by the name of their field; `in` narrows a rule to objects found below that field. */
interface Rule {
  readonly field: string;
  readonly in?: readonly string[];
  readonly rule: ListRule;
}

const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers'];

const RULES: readonly Rule[] = [
  { field: 'addresses', in: ['status'], rule: { key: 'type' } },
  { field: 'conditions', rule: { key: 'type' } },
  { field: 'containers', rule: { key: 'name' } },
  { field: 'env', rule: { key: 'name' } },
  { field: 'ephemeralContainers', rule: { key: 'name' } },
  { field: 'finalizers', in: ['metadata'], rule: 'set' },
  { field: 'hostAliases', rule: { key: 'ip' } },
  { field: 'hostIPs', rule: { key: 'ip' } },
  { field: 'imagePullSecrets', rule: { key: 'name' } },
  { field: 'initContainers', rule: { key: 'name' } },
  { field: 'ownerReferences', in: ['metadata'], rule: { key: 'uid' } },
  { field: 'podCIDRs', rule: 'set' },
  { field: 'podIPs', rule: { key: 'ip' } },
  { field: 'ports', in: CONTAINERS, rule: { key: 'containerPort' } },
  { field: 'ports', in: ['spec'], rule: { key: 'port' } },
  { field: 'resourceClaims', in: ['spec'], rule: { key: 'name' } },
  { field: 'resourceClaimStatuses', rule: { key: 'name' } },
  { field: 'schedulingGates', rule: { key: 'name' } },
  { field: 'secrets', rule: { key: 'name' } },
  { field: 'topologySpreadConstraints', rule: { key: 'topologyKey' } },
  { field: 'volumeDevices', rule: { key: 'devicePath' } },
  { field: 'volumeMounts', rule: { key: 'mountPath' } },
  { field: 'volumes', rule: { key: 'name' } },
];
/** Kinds whose `ports` below the spec are no Service's: network policies have none with a key. */
const REPLACED_IN = new Set(['ingress', 'egress', 'sources']);

/** The rule of a list at a path of field names (list items left out). */
export function listRule(path: readonly string[]): ListRule {
  const field = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (path.some((name) => REPLACED_IN.has(name))) return 'replace';
  const found = RULES.find((rule) => rule.field === field && (rule.in === undefined || rule.in.includes(parent)));
  return found?.rule ?? 'replace';
}
