import type { ClusterSettings, ControlPlaneHost } from './settings.js';

const KUBERNETES = '/etc/kubernetes';
const PKI = `${KUBERNETES}/pki`;

/** A component's command as kubeadm writes it: the flags in the order of their names. */
function command(name: string, flags: Readonly<Record<string, string>>): string[] {
  return [
    name,
    ...Object.keys(flags)
      .sort()
      .map((flag) => `--${flag}=${flags[flag]}`),
  ];
}

/** etcd's command line in the static pod (kubeadm v1.36, phases/etcd). */
export function etcdCommand({ name, address }: ControlPlaneHost): string[] {
  const client = `https://${address}:2379`;
  const peer = `https://${address}:2380`;
  return command('etcd', {
    name,
    'listen-client-urls': `https://127.0.0.1:2379,${client}`,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `${name}=${peer}`,
    'data-dir': '/var/lib/etcd',
    'cert-file': `${PKI}/etcd/server.crt`,
    'key-file': `${PKI}/etcd/server.key`,
    'trusted-ca-file': `${PKI}/etcd/ca.crt`,
    'client-cert-auth': 'true',
    'peer-cert-file': `${PKI}/etcd/peer.crt`,
    'peer-key-file': `${PKI}/etcd/peer.key`,
    'peer-trusted-ca-file': `${PKI}/etcd/ca.crt`,
    'peer-client-cert-auth': 'true',
    'snapshot-count': '10000',
    'listen-metrics-urls': 'http://127.0.0.1:2381',
    'feature-gates': 'InitialCorruptCheck=true',
    'watch-progress-notify-interval': '5s',
  });
}

/** kube-apiserver's command line in the static pod (kubeadm v1.36, phases/controlplane). */
export function apiserverCommand({ address }: ControlPlaneHost, settings: ClusterSettings): string[] {
  return command('kube-apiserver', {
    'advertise-address': address,
    'allow-privileged': 'true',
    'authorization-mode': 'Node,RBAC',
    'client-ca-file': `${PKI}/ca.crt`,
    'enable-admission-plugins': 'NodeRestriction',
    'enable-bootstrap-token-auth': 'true',
    'etcd-cafile': `${PKI}/etcd/ca.crt`,
    'etcd-certfile': `${PKI}/apiserver-etcd-client.crt`,
    'etcd-keyfile': `${PKI}/apiserver-etcd-client.key`,
    'etcd-servers': 'https://127.0.0.1:2379',
    'kubelet-client-certificate': `${PKI}/apiserver-kubelet-client.crt`,
    'kubelet-client-key': `${PKI}/apiserver-kubelet-client.key`,
    'kubelet-preferred-address-types': 'InternalIP,ExternalIP,Hostname',
    'proxy-client-cert-file': `${PKI}/front-proxy-client.crt`,
    'proxy-client-key-file': `${PKI}/front-proxy-client.key`,
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-username-headers': 'X-Remote-User',
    'secure-port': '6443',
    'service-account-issuer': `https://kubernetes.default.svc.${settings.domain}`,
    'service-account-key-file': `${PKI}/sa.pub`,
    'service-account-signing-key-file': `${PKI}/sa.key`,
    'service-cluster-ip-range': settings.serviceSubnet,
    'tls-cert-file': `${PKI}/apiserver.crt`,
    'tls-private-key-file': `${PKI}/apiserver.key`,
  });
}

/** kube-controller-manager's command line in the static pod. */
export function controllerManagerCommand(settings: ClusterSettings): string[] {
  const kubeconfig = `${KUBERNETES}/controller-manager.conf`;
  return command('kube-controller-manager', {
    'allocate-node-cidrs': 'true',
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    'client-ca-file': `${PKI}/ca.crt`,
    'cluster-cidr': settings.podSubnet,
    'cluster-name': settings.clusterName,
    'cluster-signing-cert-file': `${PKI}/ca.crt`,
    'cluster-signing-key-file': `${PKI}/ca.key`,
    controllers: '*,bootstrapsigner,tokencleaner',
    kubeconfig,
    'leader-elect': 'true',
    'requestheader-client-ca-file': `${PKI}/front-proxy-ca.crt`,
    'root-ca-file': `${PKI}/ca.crt`,
    'service-account-private-key-file': `${PKI}/sa.key`,
    'service-cluster-ip-range': settings.serviceSubnet,
    'use-service-account-credentials': 'true',
  });
}

/** kube-scheduler's command line in the static pod. */
export function schedulerCommand(): string[] {
  const kubeconfig = `${KUBERNETES}/scheduler.conf`;
  return command('kube-scheduler', {
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': '127.0.0.1',
    kubeconfig,
    'leader-elect': 'true',
  });
}
