import type { Admission } from './admission.js';
import { ALWAYS_DENY } from './always-deny.js';
import { ALWAYS_PULL_IMAGES } from './always-pull-images.js';
import { CERTIFICATE_APPROVAL } from './certificate-approval.js';
import { CERTIFICATE_SIGNING } from './certificate-signing.js';
import { CERTIFICATE_SUBJECT_RESTRICTION } from './certificate-subject-restriction.js';
import { type AdmissionConfiguration, type ConfiguredPlugin, configured, NO_CONFIGURATION } from './configuration.js';
import { DEFAULT_INGRESS_CLASS } from './default-ingress-class.js';
import { DEFAULT_STORAGE_CLASS } from './default-storage-class.js';
import { DEFAULT_TOLERATION_SECONDS } from './default-toleration-seconds.js';
import { DENY_SERVICE_EXTERNAL_IPS } from './deny-service-external-ips.js';
import { EVENT_RATE_LIMIT } from './event-rate-limit.js';
import { EXTENDED_RESOURCE_TOLERATION } from './extended-resource-toleration.js';
import { IMAGE_POLICY_WEBHOOK } from './image-policy/image-policy.js';
import { LIMIT_POD_HARD_ANTI_AFFINITY_TOPOLOGY } from './limit-pod-hard-anti-affinity-topology.js';
import { LIMIT_RANGER } from './limit-ranger/limit-ranger.js';
import { NAMESPACE_AUTO_PROVISION } from './namespace-auto-provision.js';
import { NAMESPACE_EXISTS } from './namespace-exists.js';
import { NAMESPACE_LIFECYCLE } from './namespace-lifecycle.js';
import { NODE_RESTRICTION } from './node-restriction/node-restriction.js';
import { OWNER_REFERENCES_PERMISSION_ENFORCEMENT } from './owner-references-permission-enforcement.js';
import { PERSISTENT_VOLUME_CLAIM_RESIZE } from './persistent-volume-claim-resize.js';
import { POD_NODE_SELECTOR } from './pod-node-selector.js';
import { NODE_DECLARED_FEATURE_VALIDATOR, POD_RESIZE_VALIDATOR } from './pod-resize.js';
import { POD_SECURITY } from './pod-security/pod-security.js';
import { POD_TOLERATION_RESTRICTION } from './pod-toleration-restriction.js';
import { POD_TOPOLOGY_LABELS } from './pod-topology-labels.js';
import { MUTATING_ADMISSION_POLICY } from './policies/mutating.js';
import { VALIDATING_ADMISSION_POLICY } from './policies/validating.js';
import { PRIORITY } from './priority.js';
import { RESOURCE_QUOTA } from './resource-quota/resource-quota.js';
import { RUNTIME_CLASS } from './runtime-class.js';
import { SERVICE_ACCOUNT } from './service-account.js';
import { STORAGE_OBJECT_IN_USE_PROTECTION } from './storage-object-in-use-protection.js';
import { TAINT_NODES_BY_CONDITION } from './taint-nodes-by-condition.js';
import { MUTATING_ADMISSION_WEBHOOK } from './webhooks/mutating.js';
import { VALIDATING_ADMISSION_WEBHOOK } from './webhooks/validating.js';

/** A plug-in as --enable-admission-plugins knows it. */
interface PlugIn {
  readonly name: string;
  /** Whether it is on without a flag. */
  readonly on: boolean;
  /** What it does, as the server's log counts it. */
  readonly does: 'mutates' | 'validates' | 'both';
  /** Undefined for one that has nothing to do without a feature gate. A function for one that can be configured. */
  readonly admission?: Admission | ConfiguredPlugin;
}

/** Whether --enable-admission-plugins has to name it. */
type When = 'on' | 'off';

/** All plug-ins of kube-apiserver in the order they run (kubeapiserver/options/plugins.go). */
const PLUGINS: readonly PlugIn[] = [
  row('AlwaysAdmit', 'off', 'both'),
  row('NamespaceAutoProvision', 'off', 'mutates', NAMESPACE_AUTO_PROVISION),
  row('NamespaceLifecycle', 'on', 'mutates', NAMESPACE_LIFECYCLE),
  row('NamespaceExists', 'off', 'validates', NAMESPACE_EXISTS),
  row('LimitPodHardAntiAffinityTopology', 'off', 'validates', LIMIT_POD_HARD_ANTI_AFFINITY_TOPOLOGY),
  row('LimitRanger', 'on', 'both', LIMIT_RANGER),
  row('ServiceAccount', 'on', 'both', SERVICE_ACCOUNT),
  row('NodeRestriction', 'off', 'mutates', NODE_RESTRICTION),
  row('TaintNodesByCondition', 'on', 'mutates', TAINT_NODES_BY_CONDITION),
  row('AlwaysPullImages', 'off', 'both', ALWAYS_PULL_IMAGES),
  row('ImagePolicyWebhook', 'off', 'validates', IMAGE_POLICY_WEBHOOK),
  row('PodSecurity', 'on', 'validates', POD_SECURITY),
  row('PodNodeSelector', 'off', 'both', POD_NODE_SELECTOR),
  row('Priority', 'on', 'both', PRIORITY),
  row('DefaultTolerationSeconds', 'on', 'mutates', DEFAULT_TOLERATION_SECONDS),
  row('PodTolerationRestriction', 'off', 'both', POD_TOLERATION_RESTRICTION),
  row('EventRateLimit', 'off', 'validates', EVENT_RATE_LIMIT),
  row('ExtendedResourceToleration', 'off', 'mutates', EXTENDED_RESOURCE_TOLERATION),
  row('DefaultStorageClass', 'on', 'mutates', DEFAULT_STORAGE_CLASS),
  row('StorageObjectInUseProtection', 'on', 'mutates', STORAGE_OBJECT_IN_USE_PROTECTION),
  row('PodGroupProtection', 'on', 'mutates'),
  row('OwnerReferencesPermissionEnforcement', 'off', 'validates', OWNER_REFERENCES_PERMISSION_ENFORCEMENT),
  row('PersistentVolumeClaimResize', 'on', 'validates', PERSISTENT_VOLUME_CLAIM_RESIZE),
  row('RuntimeClass', 'on', 'both', RUNTIME_CLASS),
  row('CertificateApproval', 'on', 'validates', CERTIFICATE_APPROVAL),
  row('CertificateSigning', 'on', 'validates', CERTIFICATE_SIGNING),
  row('ClusterTrustBundleAttest', 'on', 'validates'),
  row('CertificateSubjectRestriction', 'on', 'validates', CERTIFICATE_SUBJECT_RESTRICTION),
  row('DefaultIngressClass', 'on', 'mutates', DEFAULT_INGRESS_CLASS),
  row('DenyServiceExternalIPs', 'off', 'validates', DENY_SERVICE_EXTERNAL_IPS),
  row('PodTopologyLabels', 'on', 'mutates', POD_TOPOLOGY_LABELS),
  row('PodGroupWorkloadExists', 'on', 'validates'),
  row('NodeDeclaredFeatureValidator', 'on', 'validates', NODE_DECLARED_FEATURE_VALIDATOR),
  row('JobValidation', 'on', 'validates'),
  row('PodResizeValidator', 'on', 'validates', POD_RESIZE_VALIDATOR),
  row('MutatingAdmissionPolicy', 'on', 'mutates', MUTATING_ADMISSION_POLICY),
  row('MutatingAdmissionWebhook', 'on', 'mutates', MUTATING_ADMISSION_WEBHOOK),
  row('ValidatingAdmissionPolicy', 'on', 'validates', VALIDATING_ADMISSION_POLICY),
  row('ValidatingAdmissionWebhook', 'on', 'validates', VALIDATING_ADMISSION_WEBHOOK),
  row('ResourceQuota', 'on', 'validates', RESOURCE_QUOTA),
  row('AlwaysDeny', 'off', 'both', ALWAYS_DENY),
];

function row(name: string, when: When, does: PlugIn['does'], admission?: PlugIn['admission']): PlugIn {
  return { name, on: when === 'on', does, ...(admission ? { admission } : {}) };
}

/**
 * The chain of a server: what is on by itself or by flag, without what a flag turns off, configured by the file of
 * --admission-control-config-file. Throws ConfigurationError.
 */
export function admissionChain(
  enabled: readonly string[] = [],
  disabled: readonly string[] = [],
  configuration: AdmissionConfiguration = NO_CONFIGURATION,
): Admission[] {
  return runningPlugins(enabled, disabled).flatMap(({ name, admission }) =>
    typeof admission === 'function' ? configured(name, admission, configuration) : (admission ?? []),
  );
}

/** Whether a server has an admission plug-in of that name. */
export function isAdmissionPlugin(name: string): boolean {
  return PLUGINS.some((plugin) => plugin.name === name);
}

/** Every name, for --admission-control, which turns off what it does not list. */
export function admissionPluginNames(): string[] {
  return PLUGINS.map(({ name }) => name);
}

/** What the server says of the plug-ins it has loaded, line by line; a place in its source comes with each. */
export function loadedPlugins(
  enabled: readonly string[],
  disabled: readonly string[],
): (readonly [place: string, text: string])[] {
  const running = runningPlugins(enabled, disabled);
  const line = (does: 'mutates' | 'validates', word: string): string[] => {
    const names = running.filter((plugin) => plugin.does === does || plugin.does === 'both').map(({ name }) => name);
    if (names.length === 0) return [];
    const many = `Loaded ${names.length} ${word} admission controller(s)`;
    return [`${many} successfully in the following order: ${names.join(',')}.`];
  };
  return [
    ...line('mutates', 'mutating').map((text) => ['plugins.go:157', text] as const),
    ...line('validates', 'validating').map((text) => ['plugins.go:160', text] as const),
  ];
}

function runningPlugins(enabled: readonly string[], disabled: readonly string[]): PlugIn[] {
  return PLUGINS.filter(({ name, on }) => enabled.includes(name) || (on && !disabled.includes(name)));
}
