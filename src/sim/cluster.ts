import type { ImageRegistry } from './api/container-image.js';
import { Arrival } from './assembly/arrival.js';
import type { ClusterParts } from './assembly/cluster-parts.js';
import { containerRoot, ImageLayers } from './assembly/container-root.js';
import { emptyFiles } from './assembly/empty-files.js';
import { FOOTPRINTS } from './assembly/footprints.js';
import { connectInternet } from './assembly/internet.js';
import { machinePrograms, programFiles } from './assembly/programs.js';
import { QuietWatch } from './assembly/quiet.js';
import { type ClusterPki, createPki } from './client/pki/kubeadm-pki.js';
import { handshake } from './client/tls/handshake.js';
import { Host } from './hosts/host.js';
import { putDebian } from './hosts/layouts/debian.js';
import { sshKeyPair } from './hosts/ssh-key.js';
import { createRegistry } from './images/registry.js';
import { HostKernel } from './kernel/host-kernel.js';
import { Kernel } from './kernel/kernel.js';
import type { Micros } from './kernel/time.js';
import { BASH_COMPLETION } from './kubectl/completion/bash-script.js';
import type { RuntimePort } from './kubelet/runtime-port.js';
import { KUBELET_TIMING } from './kubelet/timing.js';
import { parseRange } from './network/addresses.js';
import { publicResolver } from './network/dns/public-names.js';
import { Fabric } from './network/fabric.js';
import { METADATA_ADDRESS, metadataService } from './network/metadata-service.js';
import { SimNamespace } from './network/namespace.js';
import type { NetworkNode } from './network/node.js';
import type { RequestRoute } from './outside/requests.js';
import { installNode, installTools } from './worlds/install.js';
import type { HostPlan, WorldPlan } from './worlds/plan.js';
import type { Timing } from './worlds/spec.js';

const OUTSIDE_ADDRESS = '172.30.1.1';
const SERVICE_ADDRESS = '10.96.0.1';

export interface ClusterOptions {
  readonly plan: WorldPlan;
  readonly seed: string;
  readonly salt: string;
  /** When the machines are switched on. */
  readonly start: Micros;
  readonly timing: Timing;
  /** Whether what the world offers on the internet can be reached. */
  readonly internet: boolean;
}

/** Builds the machines of a world, wires them together, and switches them on. Nothing has run yet when it returns. */
export function buildCluster(options: ClusterOptions): ClusterParts {
  const { plan, seed, salt, start, timing } = options;
  const ports = new Map<string, RuntimePort>();
  const arrival = new Arrival(plan);
  let quiet: QuietWatch | undefined;
  const programs = machinePrograms({
    timing,
    runtimePort: (host) => ports.get(host),
    onWrite: (change) => {
      kernel.trace.record(kernel.now(), 'write', `${change.key} ${change.revision}`);
      quiet?.saw(change);
      arrival.saw(change);
    },
  });
  const kernel = new Kernel({ epoch: start, seed, programs, footprints: FOOTPRINTS, handshake });
  quiet = new QuietWatch(() => kernel.now());
  const fabric = new Fabric({ now: () => kernel.now(), handshake, random: kernel.random.fork('network') });
  const controlPlane = (plan.hosts.find(({ role }) => role === 'control-plane') ?? plan.hosts[0]) as HostPlan;
  const pki = createPki({
    secret: `${seed}/${salt}`,
    now: start,
    controlPlaneName: controlPlane.name,
    controlPlaneAddress: controlPlane.address,
    serviceAddress: SERVICE_ADDRESS,
    extraNames: ['localhost', '127.0.0.1'],
  });
  const layers = new ImageLayers(() => kernel.now(), programs);
  const registry = createRegistry();
  const hosts = new Map<string, Host>();
  for (const plan_ of plan.hosts) {
    const node = fabric.addNode(plan_.name, [plan_.address, ...(plan_.address6 ? [plan_.address6] : [])]);
    const host = buildHost(kernel, node, plan_, plan, pki, `${seed}/${salt}`);
    hosts.set(plan_.name, host);
    ports.set(
      plan_.name,
      heard(runtimePort(host, node, layers, registry, timing), () => quiet?.disturb()),
    );
  }
  const outside = outsideHost(kernel, fabric, plan);
  if (options.internet) connectInternet(fabric);
  for (const host of hosts.values()) host.boot();
  const administrator = administratorRoute(pki, controlPlane);
  return { kernel, plan, hosts, pki, fabric, outside, quiet, arrival, administrator };
}

function buildHost(
  kernel: Kernel,
  node: NetworkNode,
  own: HostPlan,
  plan: WorldPlan,
  pki: ClusterPki,
  secret: string,
): Host {
  const hasTools = own.role !== 'base' || plan.far === true;
  const key = sshKeyPair(kernel.random.fork(`ssh/${secret}`), 'candidate@base');
  return new Host({
    kernel,
    name: own.name,
    network: node.namespace,
    cpus: own.cpus,
    memoryKibibytes: own.memoryKibibytes,
    layout: (tree) => {
      putDebian(tree, {
        hostname: own.name,
        programs: programFiles(plan.far ? 'workstation' : own.role, plan.services),
        random: kernel.random.fork(`${own.name}/disk`),
        hosts: plan.hosts.map(({ name, address }) => ({ address, names: [name] })),
        nameservers: ['172.30.1.1'],
        exam: hasTools,
        completions: hasTools ? { kubectl: BASH_COMPLETION } : {},
        key,
        authorized: [key.publicKey],
      });
      if (plan.far) installTools(tree, own, plan, pki);
      else if (own.role !== 'base') installNode(tree, own, plan, pki);
    },
  });
}

/** Pods and containers that come and go are changes also while no API server is there to hear of them. */
function heard(port: RuntimePort, tell: () => void): RuntimePort {
  return {
    ...port,
    buildRoot: (spec) => {
      tell();
      return port.buildRoot(spec);
    },
    removeNetwork: (network) => {
      tell();
      port.removeNetwork(network);
    },
  };
}

function runtimePort(
  host: Host,
  node: NetworkNode,
  layers: ImageLayers,
  registry: ImageRegistry,
  timing: Timing,
): RuntimePort {
  return {
    registry,
    timing: KUBELET_TIMING[timing],
    hostProcesses: '',
    cgroups: host.kernel.cgroups,
    buildRoot: (spec) => containerRoot(host, layers, spec),
    addNetwork: (pod, addresses) => node.fabric.addPod(node, addresses, pod),
    setPodRanges: (ranges) => {
      node.podRanges = ranges.flatMap((range) => parseRange(range) ?? []);
    },
    openHostPorts: (sandbox, address, ports) => {
      const open = ports.map(({ hostPort, containerPort, protocol, hostAddress }) => {
        return { hostAddress, hostPort, protocol, backend: { address, port: containerPort } };
      });
      node.setHostPorts(sandbox, open);
    },
    notePlugin: (name) => {
      if (name === 'calico' || name === 'flannel') node.plugin = name;
    },
    removeNetwork: (network) => {
      if (network instanceof SimNamespace) node.fabric.remove(network);
    },
  };
}

function outsideHost(kernel: Kernel, fabric: Fabric, { cloud = false, hosts }: WorldPlan): HostKernel {
  const node = fabric.addNode('outside', [OUTSIDE_ADDRESS, ...(cloud ? [METADATA_ADDRESS] : [])]);
  for (const spec of publicResolver()) node.namespace.listen(spec);
  if (cloud) node.namespace.listen(metadataService(hosts));
  return new HostKernel(kernel, 'outside', {
    id: '',
    files: emptyFiles,
    network: node.namespace,
    hostname: 'outside',
    processes: '',
  });
}

function administratorRoute(pki: ClusterPki, { address }: HostPlan): () => RequestRoute {
  let route: RequestRoute | undefined;
  return () => {
    if (route) return route;
    const credential = pki.client('outside-administrator', 'kubernetes-admin', ['system:masters']);
    const tls = {
      authorities: pki.ca.self.certificate(),
      certificate: credential.certificate(),
      key: credential.privateKey(),
    };
    route = { address, port: 6443, serverName: address, tls };
    return route;
  };
}
