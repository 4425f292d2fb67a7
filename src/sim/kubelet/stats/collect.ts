import { parseQuantity, quantityValue } from '../../api/quantity.js';
import type { CriContainer, CriContainerStats } from '../../api/types/cri.js';
import type { Pod } from '../../api/types/pod.js';
import type { Sys } from '../../kernel/sys.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { logDirectory, podDirectory } from '../pods/container-config.js';
import { readText } from '../pods/host-files.js';
import { podCgroupPath } from '../resources/linux-resources.js';
import { bytesBelow } from './disk-usage.js';
import type { ContainerStats, FileSystemStats, MemoryStats, NodeStats, PodStats } from './stats.js';

/** The group that all pods are below. */
const PODS = '/kubepods.slice';
const KIBIBYTE = 1024;
/** ext4 makes an inode for each 16 KiB, and an installed system uses so many. */
const BYTES_PER_INODE = 16 * KIBIBYTE;
const INODES_USED = 118_432;

/** Numbers that change with what the node uses. */
export function footprintOf(sys: Sys): string {
  const groups = sys.controlGroups();
  return `${groups.memory} ${groups.pids} ${sys.fileSystem().mounts()[0]?.used}`;
}

/** Looks at all that the node, its pods and their containers use. */
export function* collectStats(context: KubeletContext, pods: readonly Pod[]): Waiting<NodeStats> {
  const { sys, cri } = context;
  const { containers } = yield* cri.call('ListContainers', {});
  const { stats } = yield* cri.call('ListContainerStats', {});
  const { images } = yield* cri.call('ListImages', {});
  const groups = sys.controlGroups();
  const all = groups.find(PODS);
  const used = new Map(stats.map((each) => [each.id, each]));
  return {
    at: sys.now(),
    bootedAt: bootedAt(context),
    cpu: groups.cpu,
    memory: nodeMemory(context),
    podsMemory: podsMemory(context, all?.memory ?? 0),
    podsCpu: all?.cpu ?? 0,
    fs: nodeDisk(sys),
    imageBytes: images.reduce((sum, { size }) => sum + size, 0),
    processes: { max: Number(readText(context, '/proc/sys/kernel/pid_max').trim() || 0), running: groups.pids },
    pods: new Map(pods.map((pod) => [pod.metadata.uid ?? '', podStats(context, pod, containers, used)])),
  };
}

/** When the machine was switched on. */
export function bootedAt(context: KubeletContext): Micros {
  return context.sys.now() - Math.round(Number(readText(context, '/proc/uptime').split(' ')[0]) * SECOND);
}

function nodeMemory(context: KubeletContext): MemoryStats {
  const text = readText(context, '/proc/meminfo');
  const value = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) * KIBIBYTE;
  const availableBytes = value('MemAvailable');
  return { availableBytes, workingSetBytes: value('MemTotal') - availableBytes };
}

function podsMemory({ config, capacity }: KubeletContext, workingSetBytes: number): MemoryStats {
  const amount = (text: string | undefined) => (text === undefined ? 0 : quantityValue(parseQuantity(text)));
  const { systemReserved, kubeReserved } = config;
  const limit = amount(capacity()['memory']) - amount(systemReserved['memory']) - amount(kubeReserved['memory']);
  return { workingSetBytes, availableBytes: Math.max(0, limit - workingSetBytes) };
}

/** The file system of the root, on which images and containers lie too. */
export function nodeDisk(sys: Sys): FileSystemStats {
  const root = sys.fileSystem().mounts()[0];
  const capacityBytes = root?.bytes ?? 0;
  const usedBytes = root?.used ?? 0;
  const inodes = Math.floor(capacityBytes / BYTES_PER_INODE);
  return {
    capacityBytes,
    usedBytes,
    availableBytes: Math.max(0, capacityBytes - usedBytes),
    inodes,
    inodesFree: inodes - INODES_USED,
  };
}

function podStats(
  { sys }: KubeletContext,
  pod: Pod,
  containers: readonly CriContainer[],
  used: ReadonlyMap<string, CriContainerStats>,
): PodStats {
  const group = sys.controlGroups().find(podCgroupPath(pod));
  const { uid = '', name = '', namespace = '' } = pod.metadata;
  const own = containers
    .filter(({ config, state }) => config.labels['io.kubernetes.pod.uid'] === uid && state === 'CONTAINER_RUNNING')
    .map(({ id, config, startedAt }): ContainerStats => {
      const stats = used.get(id);
      return {
        name: config.name,
        startedAt: startedAt ?? 0,
        cpu: stats?.cpu ?? 0,
        memoryBytes: stats?.memoryBytes ?? 0,
        rootBytes: stats?.writableBytes ?? 0,
        logBytes: bytesBelow(sys, `${logDirectory(pod)}/${config.name}`),
      };
    });
  const volumes = new Map(
    (pod.spec.volumes ?? []).flatMap((volume): [string, number][] =>
      volume.emptyDir
        ? [[volume.name, bytesBelow(sys, `${podDirectory(pod)}/volumes/kubernetes.io~empty-dir/${volume.name}`)]]
        : [],
    ),
  );
  const onDisk = (pod.spec.volumes ?? []).filter(({ emptyDir }) => emptyDir && emptyDir.medium !== 'Memory');
  const volumeBytes = onDisk.reduce((sum, volume) => sum + (volumes.get(volume.name) ?? 0), 0);
  return {
    uid,
    name,
    namespace,
    startedAt: Math.min(sys.now(), ...own.map(({ startedAt }) => startedAt)),
    cpu: group?.cpu ?? 0,
    memoryBytes: group?.memory ?? 0,
    processes: group?.pids ?? 0,
    volumes,
    ephemeralBytes: own.reduce((sum, { rootBytes, logBytes }) => sum + rootBytes + logBytes, volumeBytes),
    containers: own,
  };
}
