import type { KubeObject } from '../../api/object.js';
import { printYaml } from '../../api/yaml/print.js';
import { kubeletConfig } from './kubelet-config.js';
import { ADMIN_BINDING, kubeadmRights } from './rights.js';
import type { ClusterSettings } from './settings.js';
import { VERSIONS } from './settings.js';

/** What machines read before they join; what it holds is known when the cluster has its authority. */
export const CLUSTER_INFO: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'cluster-info', namespace: 'kube-public' },
};

/** The administrators' rights, first; the ConfigMaps in which `kubeadm init` keeps what it was told, and who may read them. */
export function kubeadmObjects(settings: ClusterSettings): KubeObject[] {
  const configMap = (name: string, data: Record<string, string>): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'kube-system' },
    data,
  });
  return [
    ADMIN_BINDING,
    configMap('kubeadm-config', { ClusterConfiguration: clusterConfiguration(settings) }),
    configMap('kubelet-config', { kubelet: kubeletConfig(settings) }),
    CLUSTER_INFO,
    ...kubeadmRights(),
  ];
}

/** The configuration `kubeadm init` printed and stored. */
function clusterConfiguration(settings: ClusterSettings): string {
  return printYaml({
    apiServer: {},
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    caCertificateValidityPeriod: '87600h0m0s',
    certificateValidityPeriod: '8760h0m0s',
    certificatesDir: '/etc/kubernetes/pki',
    clusterName: settings.clusterName,
    controllerManager: {},
    dns: {},
    encryptionAlgorithm: 'ECDSA-P256',
    etcd: { local: { dataDir: '/var/lib/etcd' } },
    imageRepository: 'registry.k8s.io',
    kind: 'ClusterConfiguration',
    kubernetesVersion: VERSIONS.kubernetes,
    networking: { dnsDomain: settings.domain, podSubnet: settings.podSubnet, serviceSubnet: settings.serviceSubnet },
    proxy: {},
    scheduler: {},
  });
}
