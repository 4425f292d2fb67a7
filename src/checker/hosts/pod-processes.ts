import type { CheckContext } from '../subject.js';
import { type HostProcess, processesOf } from './processes.js';

/** Existing pods, of which the processes are meant. */
export interface ProcessPods {
  readonly namespace: string;
  readonly selector?: string;
  readonly name?: string;
}

/** The processes of one pod's container, or why there are none. */
export interface PodProcesses {
  readonly pod: string;
  readonly processes: readonly HostProcess[];
  readonly reason?: string;
}

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly containerStatuses?: readonly { readonly name: string; readonly containerID?: string }[];
  };
}

/**
 * The processes of pods, seen from their nodes by control group: a container need not have any program with which it
 * could list them. Of one container, or of all when none is named.
 */
export async function processesInPods(
  pods: ProcessPods,
  container: string | undefined,
  { objects, cluster }: CheckContext,
): Promise<readonly PodProcesses[]> {
  const found = (await objects.read({ apiVersion: 'v1', kind: 'Pod', ...pods })) as unknown as readonly Pod[];
  const byNode = new Map<string, Promise<readonly HostProcess[]>>();
  const listed: PodProcesses[] = [];
  for (const { metadata, spec = {}, status = {} } of found) {
    const { nodeName } = spec;
    const ids = (status.containerStatuses ?? [])
      .filter(({ name }) => container === undefined || name === container)
      .flatMap(({ containerID = '' }) => containerID.split('://')[1] ?? []);
    if (nodeName === undefined || ids.length === 0) {
      listed.push({ pod: metadata.name, processes: [], reason: `${metadata.name} has no running container` });
      continue;
    }
    const all = byNode.get(nodeName) ?? processesOf(cluster, nodeName);
    byNode.set(nodeName, all);
    const processes = (await all).filter(({ group }) => ids.some((id) => group.includes(id)));
    listed.push({ pod: metadata.name, processes });
  }
  return listed;
}
