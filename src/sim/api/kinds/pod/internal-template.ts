/** Templates of pods as messages print them: the server's own form, which is ordered otherwise than that of the API. */
import { internalForm } from '../../internal-form.js';
import type { JsonObject } from '../../object.js';
import type { PodSpec, PodTemplateSpec } from '../../types/pod.js';
import { sortedMap } from '../meta.js';

/** The fields of a pod's spec in the server's order; those that share the host stand in the security context. */
const SPEC_ORDER = [
  ...['Volumes', 'InitContainers', 'Containers', 'EphemeralContainers', 'RestartPolicy'],
  ...['TerminationGracePeriodSeconds', 'ActiveDeadlineSeconds', 'DNSPolicy', 'NodeSelector', 'ServiceAccountName'],
  ...['AutomountServiceAccountToken', 'NodeName', 'SecurityContext', 'ImagePullSecrets', 'Hostname', 'Subdomain'],
  ...['SetHostnameAsFQDN', 'Affinity', 'SchedulerName', 'Tolerations', 'HostAliases', 'PriorityClassName', 'Priority'],
  ...['PreemptionPolicy', 'DNSConfig', 'ReadinessGates', 'RuntimeClassName', 'Overhead', 'EnableServiceLinks'],
  ...['TopologySpreadConstraints', 'OS', 'SchedulingGates', 'ResourceClaims', 'Resources', 'HostnameOverride'],
  'SchedulingGroup',
];
const HOST_ORDER = ['HostNetwork', 'HostPID', 'HostIPC', 'ShareProcessNamespace', 'HostUsers'];
const SECURITY_ORDER = [
  ...['SELinuxOptions', 'WindowsOptions', 'RunAsUser', 'RunAsGroup', 'RunAsNonRoot', 'SupplementalGroups'],
  ...['SupplementalGroupsPolicy', 'FSGroup', 'FSGroupChangePolicy', 'Sysctls', 'SeccompProfile', 'AppArmorProfile'],
  'SELinuxChangePolicy',
];

/** A template, with its metadata spread out as Go does it. */
export function internalTemplate({ metadata, spec }: PodTemplateSpec): JsonObject {
  const { labels, annotations } = metadata ?? {};
  return {
    ...metadata,
    ...(labels ? { labels: sortedMap(labels) } : {}),
    ...(annotations ? { annotations: sortedMap(annotations) } : {}),
    Spec: internalPodSpec(spec),
  };
}

/** A pod's spec. */
export function internalPodSpec(spec: PodSpec): JsonObject {
  const form = internalForm('core.v1.PodSpec', spec);
  const security = (form['SecurityContext'] ?? {}) as JsonObject;
  const context = { ...inOrder(form, HOST_ORDER), ...inOrder(security, SECURITY_ORDER) };
  return inOrder({ ...form, SecurityContext: context }, SPEC_ORDER);
}

function inOrder(form: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.map((name) => [name, form[name] ?? null]));
}
