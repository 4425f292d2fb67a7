import type { CriContainer, PodSandbox } from '../../api/types/cri.js';
import type { Pod } from '../../api/types/pod.js';
import type { Cgroup } from '../../kernel/cgroup.js';
import { MILLISECOND, type Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { PAUSE_IMAGE } from '../containerd/sandboxes.js';
import type { KubeletContext } from '../context.js';
import { machineInfo } from '../node/facts.js';
import { readText } from '../pods/host-files.js';
import { podCgroupPath } from '../resources/linux-resources.js';
import { CADVISOR_METRICS, type Machine, type Metric, type Seen } from './cadvisor-table.js';
import { bootedAt, nodeDisk } from './collect.js';
import { type Family, familyText } from './metric-families.js';

const KIBIBYTE = 1024;
/** The groups that are looked at: the whole machine, those of pods, and those of kubelet and its runtime. */
const SERVICES = ['/system.slice/containerd.service', '/system.slice/kubelet.service'];
const PODS = '/kubepods.slice';

/** What kubelet answers under /metrics/cadvisor: what control groups use, with whose they are, and the machine. */
export function* cadvisorMetrics(context: KubeletContext, pods: readonly Pod[]): Waiting<string> {
  const { sys } = context;
  const seen = yield* groupsSeen(context, pods);
  const memory = Number(/^MemTotal:\s+(\d+)/m.exec(readText(context, '/proc/meminfo'))?.[1] ?? 0) * KIBIBYTE;
  const cpus = readText(context, '/proc/cpuinfo').match(/^processor/gm)?.length ?? 0;
  const info = machineInfo(sys);
  const machine: Machine = { at: sys.now(), memoryBytes: memory, cpus };
  const families = [
    versionInfo(info),
    ...CADVISOR_METRICS.map((metric) => familyOf(metric, seen, machine)),
    ...diskFamilies(context),
    gauge('container_scrape_error', '1 if there was an error while getting container metrics, 0 otherwise', 0),
    ...machineFamilies(machine, info),
  ];
  const at = Math.floor(machine.at / MILLISECOND);
  return families
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((family) => familyText(family, at))
    .join('');
}

function* groupsSeen(context: KubeletContext, pods: readonly Pod[]): Waiting<Seen[]> {
  const { sys, cri } = context;
  const { items: sandboxes } = yield* cri.call('ListPodSandbox', {});
  const { containers } = yield* cri.call('ListContainers', {});
  const root = sys.controlGroups();
  const facts: Facts = {
    since: bootedAt(context),
    sandboxes: new Map(sandboxes.map((each) => [each.id, each])),
    containers: new Map(containers.map((each) => [each.id, each])),
    pods: new Map(pods.map((pod) => [podCgroupPath(pod), pod])),
  };
  const services = SERVICES.flatMap((path) => root.find(path) ?? []);
  const below = root.find(PODS);
  return [root, ...services, ...(below ? descendants(below) : [])].map((group) => describe(group, facts));
}

interface Facts {
  /** When the machine was switched on. */
  readonly since: Micros;
  readonly sandboxes: ReadonlyMap<string, PodSandbox>;
  readonly containers: ReadonlyMap<string, CriContainer>;
  /** By the paths of their groups. */
  readonly pods: ReadonlyMap<string, Pod>;
}

function* descendants(group: Cgroup): Iterable<Cgroup> {
  yield group;
  for (const child of group.children.values()) yield* descendants(child);
}

function describe(group: Cgroup, { since, sandboxes, containers, pods }: Facts): Seen {
  const { path } = group;
  const name = /\/cri-containerd-([0-9a-f]+)\.scope$/.exec(path)?.[1] ?? '';
  const container = containers.get(name);
  const sandbox = container ? sandboxes.get(container.sandboxId) : sandboxes.get(name);
  const pod = pods.get(path);
  const image = container ? container.config.image : sandbox ? PAUSE_IMAGE : '';
  const labels = [
    ['container', container?.config.name ?? ''],
    ['id', path],
    ['image', image],
    ['name', name],
    ['namespace', sandbox?.config.namespace ?? pod?.metadata.namespace ?? ''],
    ['pod', sandbox?.config.name ?? pod?.metadata.name ?? ''],
  ] as const;
  return { group, path, labels, startedAt: container?.startedAt ?? sandbox?.createdAt ?? since };
}

function familyOf(
  { name, help, type = undefined, isSpec, values }: Metric,
  seen: readonly Seen[],
  machine: Machine,
): Family {
  const samples = seen.flatMap((each): [string, number][] => {
    const value = values(each, machine);
    if (value === undefined) return [];
    if (typeof value === 'number') return [[labelText(each.labels), value]];
    return value.map(([label, text, number]) => [labelText([...each.labels, [label, text]]), number]);
  });
  return { name, help, type: type ?? 'gauge', samples, timed: isSpec !== true };
}

function labelText(labels: readonly (readonly [string, string])[]): string {
  const sorted = [...labels].sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(',')}}`;
}

function gauge(name: string, help: string, value: number, labels = ''): Family {
  return { name, help, type: 'gauge', samples: [[labels, value]], timed: false };
}

function versionInfo({ kernelVersion, osImage }: ReturnType<typeof machineInfo>): Family {
  const labels = [
    ['cadvisorRevision', ''],
    ['cadvisorVersion', ''],
    ['dockerVersion', ''],
    ['kernelVersion', kernelVersion],
    ['osVersion', osImage],
  ] as const;
  const help =
    "A metric with a constant '1' value labeled by kernel version, OS version, docker version, cadvisor version & cadvisor revision.";
  return gauge('cadvisor_version_info', help, 1, labelText(labels));
}

/** The disk of the whole machine; of containers' disks the runtime tells. */
function diskFamilies({ sys }: KubeletContext): Family[] {
  const { capacityBytes, usedBytes, inodes, inodesFree } = nodeDisk(sys);
  const source = sys.fileSystem().mounts()[0]?.source ?? '';
  const names = ['container', 'image', 'name', 'namespace', 'pod'].map((name) => [name, ''] as const);
  const labels = labelText([...names, ['device', source], ['id', '/']]);
  const family = (name: string, help: string, value: number): Family => ({
    ...gauge(name, help, value, labels),
    timed: true,
  });
  return [
    family('container_fs_inodes_free', 'Number of available Inodes', inodesFree),
    family('container_fs_inodes_total', 'Number of Inodes', inodes),
    family(
      'container_fs_limit_bytes',
      'Number of bytes that can be consumed by the container on this filesystem.',
      capacityBytes,
    ),
    family(
      'container_fs_usage_bytes',
      'Number of bytes that are consumed by the container on this filesystem.',
      usedBytes,
    ),
  ];
}

function machineFamilies(
  { cpus, memoryBytes }: Machine,
  { bootID, machineID, systemUUID }: ReturnType<typeof machineInfo>,
): Family[] {
  const labels = labelText([
    ['boot_id', bootID],
    ['machine_id', machineID],
    ['system_uuid', systemUUID],
  ]);
  const rows: readonly (readonly [string, string, number])[] = [
    ['machine_cpu_cores', 'Number of logical CPU cores.', cpus],
    ['machine_cpu_physical_cores', 'Number of physical CPU cores.', cpus],
    ['machine_cpu_sockets', 'Number of CPU sockets.', 1],
    ['machine_memory_bytes', 'Amount of memory installed on the machine.', memoryBytes],
    ['machine_scrape_error', '1 if there was an error while getting machine metrics, 0 otherwise.', 0],
    ['machine_swap_bytes', 'Amount of swap memory available on the machine.', 0],
  ];
  return rows.map(([name, help, value]) => gauge(name, help, value, name === 'machine_scrape_error' ? '' : labels));
}
