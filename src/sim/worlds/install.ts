import { formatTime } from '../api/time.js';
import { printYamlDocuments } from '../api/yaml/print.js';
import { type KubeconfigParts, writeKubeconfig } from '../client/kubeconfig/write.js';
import type { Credential } from '../client/pki/authority.js';
import type { ClusterPki } from '../client/pki/kubeadm-pki.js';
import { kubeadmUsers } from '../client/pki/kubeadm-pki.js';
import type { FileTree } from '../hosts/file-tree/file-tree.js';
import { enableUnit } from '../hosts/layouts/units.js';
import { encodeText } from '../kernel/bytes.js';

import { flannelObjects } from './kubeadm/flannel.js';
import { CONTAINERD_UNIT, KUBELET_DROP_IN, KUBELET_UNIT, kubeletConfig } from './kubeadm/kubelet-config.js';
import { staticPodManifests } from './kubeadm/static-pods.js';
import type { HostPlan, WorldPlan } from './plan.js';
import { installServices } from './services.js';

const KUBERNETES = '/etc/kubernetes';
const KUBELET_PKI = '/var/lib/kubelet/pki';
const CANDIDATE = 1000;
/** Network plugins on a node: those of the kubernetes-cni package, and the one the cluster's network installed. */
const CNI_PLUGINS =
  'bandwidth bridge calico calico-ipam dhcp dummy firewall flannel host-device host-local ipvlan loopback macvlan portmap ptp sbr static tap tuning vlan vrf'.split(
    ' ',
  );

/** Plugins that come with the network, where that is not the usual one. */
const OWN_PLUGINS = /^(?:calico|flannel)/;

/** Puts what kubeadm and the packages leave on a node into its disk: units, configuration, certificates, manifests. */
export function installNode(tree: FileTree, host: HostPlan, world: WorldPlan, pki: ClusterPki): void {
  const controlPlane = world.hosts.find(({ role }) => role === 'control-plane') as HostPlan;
  const server = `https://${controlPlane.address}:6443`;
  if (world.services) installServices(tree, world.services);
  else installUnits(tree, host, world);
  const configured = kubeconfigs(server, world, pki);
  if (world.services) return installControlPlane(tree, world, pki, configured);
  tree.putDirectory(`${KUBERNETES}/manifests`, { mode: 0o755 });
  if (host === controlPlane) {
    installControlPlane(tree, world, pki, configured);
    if (world.networkPlugin === 'none')
      tree.setLazyFile('/root/kube-flannel.yml', () => encodeText(printYamlDocuments(flannelObjects(world.settings))));
    for (const [name, text] of staticPodManifests(host, world.settings))
      tree.put(`${KUBERNETES}/manifests/${name}`, text, { mode: 0o600 });
    installKubeletClient(tree, pki.kubeletClient(host.name), {
      server,
      cluster: world.settings.clusterName,
      user: `system:node:${host.name}`,
      authorities: pki.ca.self,
    });
    return;
  }
  const [ca] = pki.files.filter(({ path }) => path === 'ca.crt');
  if (ca) tree.setLazyFile(`${KUBERNETES}/pki/ca.crt`, () => encodeText(ca.read()), { mode: 0o644 });
  // A node that joined has the names of kubelet's own TLS bootstrap.
  installKubeletClient(tree, pki.kubeletClient(host.name), {
    server,
    cluster: 'default-cluster',
    context: 'default-context',
    user: 'default-auth',
    authorities: pki.ca.self,
  });
}

/** Puts what a host needs that is no node and whose people are the cluster's administrators: kubeconfigs, and whom they trust. */
export function installTools(tree: FileTree, { address }: HostPlan, world: WorldPlan, pki: ClusterPki): void {
  const configured = kubeconfigs(`https://${address}:6443`, world, pki);
  for (const { path, mode, read } of pki.files)
    if (path === 'ca.crt') tree.setLazyFile(`${KUBERNETES}/pki/${path}`, () => encodeText(read()), { mode });
  for (const { file, user, credential } of kubeadmUsers(pki))
    if (file === 'admin.conf') putAdministrator(tree, configured(credential, user));
}

/** How the server is reached as one of kubeadm's users. */
function kubeconfigs(server: string, { settings, tokens }: WorldPlan, pki: ClusterPki) {
  return (credential: Credential, user: string) => () =>
    encodeText(
      writeKubeconfig({
        server,
        user,
        cluster: settings.clusterName,
        authorities: pki.ca.self.certificate(),
        ...(tokens ? { token: tokens.own } : { certificate: credential.certificate(), key: credential.privateKey() }),
      }),
    );
}

/** The administrator's kubeconfig, where kubeadm puts it and where root and the candidate have it. */
function putAdministrator(tree: FileTree, kubeconfig: () => Uint8Array): void {
  const own = { owner: CANDIDATE, group: CANDIDATE };
  tree.setLazyFile(`${KUBERNETES}/admin.conf`, kubeconfig, { mode: 0o600 });
  tree.putDirectory('/root/.kube', { mode: 0o755 });
  tree.setLazyFile('/root/.kube/config', kubeconfig, { mode: 0o600 });
  tree.putDirectory('/home/candidate/.kube', { ...own, mode: 0o755 });
  tree.setLazyFile('/home/candidate/.kube/config', kubeconfig, { ...own, mode: 0o600 });
}

/** Kubelet's identity: a certificate that kubelet itself replaces when it grows old, and the kubeconfig that points at it. */
function installKubeletClient(
  tree: FileTree,
  own: Credential,
  parts: Omit<KubeconfigParts, 'authorities'> & { authorities: Credential },
): void {
  const stamp = formatTime(tree.clock()).replace('T', '-').replaceAll(':', '-').replace('Z', '');
  const file = `kubelet-client-${stamp}.pem`;
  tree.setLazyFile(`${KUBELET_PKI}/${file}`, () => encodeText(own.certificate() + own.privateKey()), { mode: 0o600 });
  tree.putLink(`${KUBELET_PKI}/kubelet-client-current.pem`, `${KUBELET_PKI}/${file}`);
  const text = () =>
    writeKubeconfig({
      ...parts,
      authorities: parts.authorities.certificate(),
      certificateFile: `${KUBELET_PKI}/kubelet-client-current.pem`,
      keyFile: `${KUBELET_PKI}/kubelet-client-current.pem`,
    });
  tree.setLazyFile(`${KUBERNETES}/kubelet.conf`, () => encodeText(text()), { mode: 0o600 });
}

function installUnits(tree: FileTree, host: HostPlan, { settings, networkPlugin }: WorldPlan): void {
  tree.put('/usr/lib/systemd/system/kubelet.service', KUBELET_UNIT);
  tree.put('/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf', KUBELET_DROP_IN);
  tree.put('/usr/lib/systemd/system/containerd.service', CONTAINERD_UNIT);
  enableUnit(tree, 'containerd.service');
  enableUnit(tree, 'kubelet.service');
  tree.put('/var/lib/kubelet/config.yaml', kubeletConfig(settings), { mode: 0o644 });
  tree.put(
    '/var/lib/kubelet/kubeadm-flags.env',
    `KUBELET_KUBEADM_ARGS="--node-ip=${[host.address, host.address6].filter(Boolean).join(',')}"\n`,
  );
  tree.put(
    '/etc/crictl.yaml',
    'runtime-endpoint: unix:///run/containerd/containerd.sock\nimage-endpoint: unix:///run/containerd/containerd.sock\n',
  );
  for (const name of CNI_PLUGINS.filter((one) => networkPlugin === 'calico' || !OWN_PLUGINS.test(one)))
    tree.setLazyFile(`/opt/cni/bin/${name}`, () => encodeText('\u007fELF'), { mode: 0o755 });
  // What kubeadm's guide has one put down before: the runtime's module, and that packets of bridges are seen and handed on.
  tree.put('/etc/modules-load.d/k8s.conf', 'overlay\nbr_netfilter\n');
  tree.put(
    '/etc/sysctl.d/k8s.conf',
    'net.bridge.bridge-nf-call-iptables  = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward                 = 1\n',
  );
  tree.put('/etc/containerd/config.toml', 'version = 3\nroot = "/var/lib/containerd"\nstate = "/run/containerd"\n');
}

function installControlPlane(
  tree: FileTree,
  { tokens }: WorldPlan,
  pki: ClusterPki,
  configured: (credential: Credential, user: string) => () => Uint8Array,
): void {
  for (const { path, mode, read } of pki.files)
    tree.setLazyFile(`${KUBERNETES}/pki/${path}`, () => encodeText(read()), { mode });
  for (const { file, user, credential } of kubeadmUsers(pki)) {
    if (file === 'admin.conf') putAdministrator(tree, configured(credential, user));
    else tree.setLazyFile(`${KUBERNETES}/${file}`, configured(credential, user), { mode: 0o600 });
  }
  tree.putDirectory('/var/lib/etcd', { mode: 0o700 });
  if (tokens) tree.put(tokens.file, tokens.content, { mode: 0o600 });
}
