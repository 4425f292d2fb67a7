import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { ContainerStats, NodeStats, PodStats } from './stats.js';

const NANOS = 1000;

/** What kubelet answers under /stats/summary (stats/v1alpha1 Summary). */
export function summaryOf(nodeName: string, stats: NodeStats): object {
  const time = formatTime(stats.at);
  const { fs, memory, podsMemory, processes } = stats;
  const disk = (usedBytes: number) => ({
    time,
    availableBytes: fs.availableBytes,
    capacityBytes: fs.capacityBytes,
    usedBytes,
    inodesFree: fs.inodesFree,
    inodes: fs.inodes,
  });
  const use = (cpu: Micros, workingSetBytes: number, availableBytes?: number) => ({
    cpu: { time, usageCoreNanoSeconds: cpu * NANOS },
    memory: {
      time,
      ...(availableBytes === undefined ? {} : { availableBytes }),
      usageBytes: workingSetBytes,
      workingSetBytes,
      rssBytes: workingSetBytes,
    },
  });
  const container = (each: ContainerStats) => ({
    name: each.name,
    startTime: formatTime(each.startedAt),
    ...use(each.cpu, each.memoryBytes),
    rootfs: disk(each.rootBytes),
    logs: disk(each.logBytes),
  });
  const pod = (each: PodStats) => ({
    podRef: { name: each.name, namespace: each.namespace, uid: each.uid },
    startTime: formatTime(each.startedAt),
    containers: each.containers.map(container),
    ...use(each.cpu, each.memoryBytes),
    volume: [...each.volumes].map(([name, bytes]) => ({ ...disk(bytes), name })),
    'ephemeral-storage': disk(each.ephemeralBytes),
    process_stats: { process_count: each.processes },
  });
  const startTime = formatTime(stats.bootedAt);
  return {
    node: {
      nodeName,
      systemContainers: [
        { name: 'pods', startTime, ...use(stats.podsCpu, podsMemory.workingSetBytes, podsMemory.availableBytes) },
      ],
      startTime,
      ...use(stats.cpu, memory.workingSetBytes, memory.availableBytes),
      fs: disk(fs.usedBytes),
      runtime: { imageFs: disk(stats.imageBytes) },
      rlimit: { time, maxpid: processes.max, curproc: processes.running },
    },
    pods: [...stats.pods.values()].filter(({ containers }) => containers.length > 0).map(pod),
  };
}
