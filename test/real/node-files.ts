import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A node of the cluster: a root of its own on this machine. */
export interface RealNode {
  readonly name: string;
  readonly address: string;
  /** The third number of its pods' addresses, and of its place among nodes. */
  readonly number: number;
  readonly controlPlane?: true;
}

export const NODES: readonly RealNode[] = [
  { name: 'controlplane', address: '172.30.1.2', number: 0, controlPlane: true },
  { name: 'node01', address: '172.30.1.3', number: 1 },
  { name: 'node02', address: '172.30.1.4', number: 2 },
];

const DNS_ADDRESS = '10.96.0.10';
/** Where images come from: it stands in for every registry there is. */
export const REGISTRY = 'http://172.30.1.1:5000';
const KUBELET = 'kubelet.config.k8s.io/v1beta1';

export function podCidrOf({ number }: RealNode): string {
  return `10.244.${number}.0/24`;
}

/** Puts there what a node finds in its /etc. Kubeconfigs and the authority's certificate are given. */
export function writeNodeFiles(
  folder: string,
  node: RealNode,
  given: { readonly ca: string; readonly kubelet: string; readonly proxy: string },
  cgroup: string,
): void {
  const files: Readonly<Record<string, string>> = {
    hostname: `${node.name}\n`,
    hosts: `127.0.0.1\tlocalhost\n${NODES.map(({ name, address }) => `${address}\t${name}\n`).join('')}`,
    'resolv.conf': 'nameserver 172.30.1.1\n',
    'nsswitch.conf': 'hosts: files dns\n',
    'os-release': 'NAME="Debian GNU/Linux"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
    'machine-id': `${`${node.number + 1}`.padStart(32, '0')}\n`,
    'node-address': node.address,
    'kubernetes/pki/ca.crt': given.ca,
    'kubernetes/kubelet.conf': given.kubelet,
    'kubernetes/proxy.conf': given.proxy,
    'kubernetes/kubelet.yaml': JSON.stringify(kubeletConfiguration(node, cgroup)),
    'kubernetes/kube-proxy.yaml': JSON.stringify(PROXY),
    'containerd/config.toml': CONTAINERD,
    'containerd/certs.d/_default/hosts.toml': `server = "${REGISTRY}"\n[host."${REGISTRY}"]\n  capabilities = ["pull", "resolve"]\n`,
    'cni/net.d/10-bridge.conflist': JSON.stringify(networkOf(node)),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'etc', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  mkdirSync(join(folder, 'etc/kubernetes/manifests'), { recursive: true });
  mkdirSync(join(folder, 'logs'), { recursive: true });
}

/** As kubeadm writes it, but for what has no systemd and version 1 of cgroups. */
function kubeletConfiguration(node: RealNode, cgroup: string): object {
  return {
    apiVersion: KUBELET,
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
    },
    authorization: { mode: 'Webhook' },
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${cgroup}/${node.name}`,
    failCgroupV1: false,
    clusterDNS: [DNS_ADDRESS],
    clusterDomain: 'cluster.local',
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    evictionHard: { 'memory.available': '0%', 'nodefs.available': '0%', 'imagefs.available': '0%' },
    failSwapOn: false,
    resolvConf: '/etc/resolv.conf',
    rotateCertificates: false,
    staticPodPath: '/etc/kubernetes/manifests',
  };
}

const PROXY = {
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clientConnection: { kubeconfig: '/etc/kubernetes/proxy.conf' },
  clusterCIDR: '10.244.0.0/16',
  mode: 'nftables',
  // What is one for the whole machine cannot be set from a network namespace.
  conntrack: { maxPerCore: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
};

const CONTAINERD = `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"
[grpc]
  address = "/run/containerd/containerd.sock"
[plugins."io.containerd.cri.v1.images"]
  snapshotter = "overlayfs"
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = "registry.k8s.io/pause:3.10.1"
  [plugins."io.containerd.cri.v1.images".registry]
    config_path = "/etc/containerd/certs.d"
[plugins."io.containerd.cri.v1.runtime"]
  # Root of a container has no right to lower it.
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["/opt/cni/bin"]
  conf_dir = "/etc/cni/net.d"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
    SystemdCgroup = false
`;

function networkOf(node: RealNode): object {
  return {
    cniVersion: '1.0.0',
    name: 'pods',
    plugins: [
      {
        type: 'bridge',
        bridge: 'cni0',
        isGateway: true,
        hairpinMode: true,
        ipMasq: false,
        ipam: {
          type: 'host-local',
          ranges: [[{ subnet: podCidrOf(node) }]],
          routes: [{ dst: '0.0.0.0/0' }],
        },
      },
    ],
  };
}
