/** Controllers of kube-controller-manager v1.36 by name, each with its old name where it had one. */
const KNOWN: Readonly<Record<string, string>> = {
  'bootstrap-signer-controller': 'bootstrapsigner',
  'certificatesigningrequest-approving-controller': 'csrapproving',
  'certificatesigningrequest-cleaner-controller': 'csrcleaner',
  'certificatesigningrequest-signing-controller': 'csrsigning',
  'cloud-node-lifecycle-controller': 'cloud-node-lifecycle',
  'clusterrole-aggregation-controller': 'clusterrole-aggregation',
  'cronjob-controller': 'cronjob',
  'daemonset-controller': 'daemonset',
  'deployment-controller': 'deployment',
  'device-taint-eviction-controller': '',
  'disruption-controller': 'disruption',
  'endpoints-controller': 'endpoint',
  'endpointslice-controller': 'endpointslice',
  'endpointslice-mirroring-controller': 'endpointslicemirroring',
  'ephemeral-volume-controller': 'ephemeral-volume',
  'garbage-collector-controller': 'garbagecollector',
  'horizontal-pod-autoscaler-controller': 'horizontalpodautoscaling',
  'job-controller': 'job',
  'kube-apiserver-serving-clustertrustbundle-publisher-controller': '',
  'legacy-serviceaccount-token-cleaner-controller': 'legacy-service-account-token-cleaner',
  'namespace-controller': 'namespace',
  'node-ipam-controller': 'nodeipam',
  'node-lifecycle-controller': 'nodelifecycle',
  'node-route-controller': 'route',
  'persistentvolume-attach-detach-controller': 'attachdetach',
  'persistentvolume-binder-controller': 'persistentvolume-binder',
  'persistentvolume-expander-controller': 'persistentvolume-expander',
  'persistentvolume-protection-controller': 'pv-protection',
  'persistentvolumeclaim-protection-controller': 'pvc-protection',
  'pod-garbage-collector-controller': 'podgc',
  'podcertificaterequest-cleaner-controller': '',
  'podgroup-protection-controller': '',
  'replicaset-controller': 'replicaset',
  'replicationcontroller-controller': 'replicationcontroller',
  'resourceclaim-controller': 'resource-claim-controller',
  'resourcepoolstatusrequest-controller': '',
  'resourcequota-controller': 'resourcequota',
  'root-ca-certificate-publisher-controller': 'root-ca-cert-publisher',
  'selinux-warning-controller': '',
  'service-cidr-controller': '',
  'service-lb-controller': 'service',
  'serviceaccount-controller': 'serviceaccount',
  'serviceaccount-token-controller': 'serviceaccount-token',
  'statefulset-controller': 'statefulset',
  'storage-version-migrator-controller': '',
  'storageversion-garbage-collector-controller': 'storage-version-gc',
  'taint-eviction-controller': '',
  'token-cleaner-controller': 'tokencleaner',
  'ttl-after-finished-controller': 'ttl-after-finished',
  'ttl-controller': 'ttl',
  'validatingadmissionpolicy-status-controller': '',
  'volumeattributesclass-protection-controller': '',
};
const DISABLED_BY_DEFAULT: readonly string[] = [
  'bootstrap-signer-controller',
  'selinux-warning-controller',
  'token-cleaner-controller',
];

/** What is wrong with the value of `--controllers`, in the manager's words. */
export function controllersFlagErrors(chosen: readonly string[]): string[] {
  return chosen
    .filter((name) => name !== '*')
    .map((name) => name.replace(/^-/, ''))
    .filter((name) => !Object.hasOwn(KNOWN, canonicalName(name)))
    .map((name) => `"${name}" is not in the list of known controllers`);
}

/** Whether `--controllers` lets a controller run: its own mention decides, else `*`. */
export function isControllerEnabled(name: string, chosen: readonly string[]): boolean {
  for (const entry of chosen) {
    if (canonicalName(entry) === name) return true;
    if (entry.startsWith('-') && canonicalName(entry.slice(1)) === name) return false;
  }
  return chosen.includes('*') && !DISABLED_BY_DEFAULT.includes(name);
}

function canonicalName(name: string): string {
  if (Object.hasOwn(KNOWN, name)) return name;
  const found = Object.entries(KNOWN).find(([, alias]) => alias !== '' && alias === name);
  return found?.[0] ?? name;
}
