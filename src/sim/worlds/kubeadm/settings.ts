/** The versions a world's parts present, as kubeadm v1.36 installs them. */
export const VERSIONS = {
  kubernetes: 'v1.36.0',
  etcd: '3.6.8-0',
  coredns: 'v1.14.2',
  pause: '3.10.2',
  calico: 'v3.31.2',
} as const;

/** What kubeadm was told when the cluster was made. */
export interface ClusterSettings {
  readonly clusterName: string;
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  readonly dnsAddress: string;
  readonly domain: string;
}

export const SETTINGS: ClusterSettings = {
  clusterName: 'kubernetes',
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/12',
  dnsAddress: '10.96.0.10',
  domain: 'cluster.local',
};

/** The same for a cluster of both families of addresses, IPv4 the usual one. */
export const BOTH_FAMILIES: ClusterSettings = {
  ...SETTINGS,
  podSubnet: `${SETTINGS.podSubnet},fd00:10:244::/56`,
  serviceSubnet: `${SETTINGS.serviceSubnet},fd00:10:96::/112`,
};

/** A control plane's host as the manifests name it. */
export interface ControlPlaneHost {
  readonly name: string;
  readonly address: string;
}
