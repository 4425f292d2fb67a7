import { kubeApiserverProgram } from '../apiserver/kube-apiserver.js';
import { storedBytes } from '../apiserver/storage/stored-bytes.js';
import { createClient } from '../client/create-client.js';
import { readKubeconfigFile } from '../client/kubeconfig/load.js';
import { resolveContext, transportConfigOf } from '../client/kubeconfig/resolve.js';
import { connectTransport } from '../client/transport.js';
import { kubeControllerManager } from '../controllers/kube-controller-manager.js';
import { helm } from '../helm/helm.js';
import type { ProgramFile } from '../hosts/layouts/debian.js';
import { pauseProgram } from '../images/pause-program.js';
import { imagePrograms } from '../images/programs.js';
import type { Program, Sys } from '../kernel/sys.js';
import { MILLISECOND, SECOND } from '../kernel/time.js';
import { kubectl } from '../kubectl/kubectl.js';
import { createContainerd } from '../kubelet/containerd/containerd.js';
import { createKubelet } from '../kubelet/kubelet.js';
import type { RuntimePort } from '../kubelet/runtime-port.js';
import { KUBELET_TIMING } from '../kubelet/timing.js';
import { calicoNode } from '../network/calico-node.js';
import { coredns } from '../network/dns/coredns.js';
import { flanneld } from '../network/flanneld.js';
import { metallbController } from '../network/metallb/controller.js';
import { metallbSpeaker } from '../network/metallb/speaker.js';
import { kubeProxy } from '../network/proxy/kube-proxy.js';
import { programs } from '../programs/register.js';
import { kubeScheduler } from '../scheduler/kube-scheduler.js';
import { bash } from '../shell/bash.js';
import { coreutils } from '../shell/coreutils/index.js';
import { dash } from '../shell/dash.js';
import { createVolumes } from '../storage/volumes.js';
import type { Change } from '../store/entry.js';
import { etcdProgram } from '../store/etcd.js';
import { etcdutl } from '../store/etcdutl/etcdutl.js';
import type { HostPlan, ServicePlan } from '../worlds/plan.js';
import { SERVICE_FOLDER } from '../worlds/services.js';
import type { Timing } from '../worlds/spec.js';

/** What the programs need of the machine they run on. */
export interface ProgramParts {
  readonly timing: Timing;
  /** What a host's container runtime is given; undefined for a host that has none. */
  runtimePort(host: string): RuntimePort | undefined;
  onWrite(change: Change): void;
}

/** Programs that machines may have, those that reach into the store among them. */
const installable = [...programs, etcdutl];

/** How long the control plane's processes take to start, and a request to be answered. */
const CONTROL_PLANE = {
  brisk: { etcd: { start: 300 * MILLISECOND }, apiserver: { start: 500 * MILLISECOND, request: 1_500 } },
  exam: { etcd: { start: 4 * SECOND }, apiserver: { start: 20 * SECOND, request: 6_000 } },
} as const;

/** Programs of a cluster's nodes, with their paths; the base host has none of them. */
const NODE_PATHS: Readonly<Record<string, string>> = {
  containerd: '/usr/bin/containerd',
  helm: '/usr/local/bin/helm',
  kubectl: '/usr/bin/kubectl',
  kubelet: '/usr/bin/kubelet',
};
/** Those of them that ask an API server from anywhere. */
const CLIENTS = new Set(['helm', 'kubectl']);
/** Installable programs that only nodes have, or only a control plane. */
const NODE_ONLY = new Set(['crictl', 'ctr', 'kubeadm']);
const CONTROL_PLANE_ONLY = new Set(['etcdctl', 'etcdutl']);

/** Every program of the machine by the name its binary carries. */
export function machinePrograms(parts: ProgramParts): ReadonlyMap<string, Program> {
  const pace = CONTROL_PLANE[parts.timing];
  const components: Readonly<Record<string, Program>> = {
    bash,
    dash,
    'calico-node': daemon(calicoNode),
    containerd: containerdOf(parts),
    coredns: daemon(coredns),
    etcd: etcdProgram({ ...pace.etcd, onWrite: parts.onWrite, valueBytes: storedBytes }),
    flanneld: daemon(flanneld),
    helm,
    'kube-apiserver': kubeApiserverProgram(pace.apiserver),
    'kube-controller-manager': daemon(kubeControllerManager),
    'kube-proxy': daemon(kubeProxy),
    'kube-scheduler': daemon(kubeScheduler),
    'metallb-controller': daemon(metallbController),
    'metallb-speaker': daemon(metallbSpeaker),
    kubectl,
    pause: pauseProgram,
    kubelet: createKubelet({ timing: KUBELET_TIMING[parts.timing], volumes: createVolumes, connect }),
  };
  return new Map([
    ...Object.entries(coreutils),
    ...installable.map(({ name, run }) => [name, run] as const),
    ...Object.entries(imagePrograms),
    ...Object.entries(components),
  ]);
}

/** The files of the programs a host has; `services` are those of its world that it runs itself. */
export function programFiles(
  role: HostPlan['role'] | 'workstation',
  services: readonly ServicePlan[] = [],
): ProgramFile[] {
  const isNode = role === 'control-plane' || role === 'worker';
  const has = (name: string): boolean =>
    (isNode || !NODE_ONLY.has(name)) && (role === 'control-plane' || !CONTROL_PLANE_ONLY.has(name));
  const tools = Object.entries(NODE_PATHS).filter(([program]) => isNode || CLIENTS.has(program));
  return [
    { path: '/usr/bin/bash', program: 'bash' },
    { path: '/usr/bin/dash', program: 'dash' },
    ...Object.keys(coreutils).map((program) => ({ path: `/usr/bin/${program}`, program })),
    ...installable
      .filter(({ name }) => has(name))
      .flatMap(({ name, paths, mode }) =>
        paths.map((path) => ({ path, program: name, ...(mode === undefined ? {} : { mode }) })),
      ),
    ...(role === 'control-plane' ? services : []).map(({ command: [program = ''] }) => ({
      path: `${SERVICE_FOLDER}/${program}`,
      program,
    })),
    ...(role === 'base' ? [] : tools.map(([program, path]) => ({ path, program }))),
  ];
}

/** One program for all hosts: each host's own runtime answers. */
function containerdOf(parts: ProgramParts): Program {
  return (sys) => {
    const port = parts.runtimePort(sys.hostname());
    if (!port) throw new Error(`${sys.hostname()} has no container runtime`);
    return createContainerd(port)(sys);
  };
}

function connect(sys: Sys, kubeconfig: string) {
  const config = transportConfigOf(sys, resolveContext(readKubeconfigFile(sys, kubeconfig)));
  return createClient(connectTransport(sys, config), { userAgent: 'kubelet/v1.36.0 (linux/amd64)' });
}

/** A server that ends at once when it is told to, also as a container's first process. */
function daemon(program: Program): Program {
  return function* run(sys) {
    for (const signal of ['INT', 'TERM'] as const) sys.onSignal(signal, 'exit');
    return yield* program(sys);
  };
}
