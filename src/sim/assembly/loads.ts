import { controllerOf } from '../api/owner-references.js';
import { isDeleting, isPodReady } from '../api/pods.js';
import type { Pod } from '../api/types/pod.js';
import type { ReplicaSet } from '../api/types/workloads.js';
import type { ResourceType } from '../client/client.js';
import { createClient } from '../client/create-client.js';
import type { Informer } from '../client/informer.js';
import { InformerFactory } from '../client/informer-factory.js';
import { RESOURCES } from '../client/resource-types.js';
import { connectTransport } from '../client/transport.js';
import { startProcess } from '../kernel/boot.js';
import type { Cgroup } from '../kernel/cgroup.js';
import type { Program, Sys } from '../kernel/sys.js';
import type { Micros } from '../kernel/time.js';
import { podCgroupPath } from '../kubelet/resources/linux-resources.js';
import { LOAD_PERIOD, type Load, loadOver } from '../worlds/load.js';
import type { ClusterParts } from './cluster-parts.js';

const REPLICA_SETS: ResourceType = {
  ...{ group: 'apps', version: 'v1', resource: 'replicasets', kind: 'ReplicaSet', namespaced: true },
};

interface Declared {
  readonly load: Load;
  readonly from: Micros;
}

/** A container that is taken to do more than its program does. */
interface Loaded {
  readonly pod: Pod;
  readonly id: string;
  readonly load: Load;
}

const followed = new WeakMap<ClusterParts, Loads>();

/** Whether a world was told of any load. */
export function hasLoads(parts: ClusterParts): boolean {
  return followed.has(parts);
}

/** Declares a load of a world that is handed over at `epoch`; the first one of a world starts what follows them. */
export function declareLoad(parts: ClusterParts, load: Load, epoch: Micros): void {
  let loads = followed.get(parts);
  if (!loads) {
    loads = new Loads(parts);
    followed.set(parts, loads);
    startProcess(parts.outside, loads.program, ['load']);
  }
  loads.declare({ load, from: load.after === undefined ? parts.kernel.now() : epoch + load.after });
}

/**
 * Follows the pods of a cluster from outside and puts down to their containers' control groups what loads say they use:
 * CPU up to the container's limit, memory as if the program held it, so that too much of it has them killed.
 */
class Loads {
  private readonly declared: Declared[] = [];
  /** Memory that was put down to containers, by their ids. */
  private readonly held = new Map<string, { group: Cgroup; bytes: number }>();

  constructor(private readonly parts: ClusterParts) {}

  declare(declared: Declared): void {
    this.declared.push(declared);
  }

  readonly program: Program = (sys) => this.run(sys);

  private *run(sys: Sys): ReturnType<Program> {
    const { address, port, serverName, tls } = this.parts.administrator();
    const transport = connectTransport(sys, { server: `https://${address}:${port}`, tls: { ...tls, serverName } });
    const informers = new InformerFactory(sys, createClient(transport));
    const pods = informers.informer<Pod>(RESOURCES.pods);
    const sets = informers.informer<ReplicaSet>(REPLICA_SETS);
    informers.start();
    for (let before = sys.now(); ; ) {
      yield* sys.sleep(LOAD_PERIOD);
      const now = sys.now();
      this.apply(pods, sets, now, now - before);
      before = now;
    }
  }

  private apply(pods: Informer<Pod>, sets: Informer<ReplicaSet>, now: Micros, elapsed: Micros): void {
    const running = new Set<string>();
    for (const load of this.current(now)) {
      const own = pods.list(load.namespace).filter((pod) => isOf(pod, load, sets));
      const ready = own.filter((pod) => isPodReady(pod) && !isDeleting(pod));
      for (const pod of load.shared ? ready : own) {
        const id = containerId(pod, load.container);
        if (id === undefined) continue;
        this.use({ pod, id, load }, loadOver(load, ready.length, elapsed), elapsed);
        running.add(id);
      }
    }
    for (const [id, { group, bytes }] of this.held) {
      if (running.has(id)) continue;
      group.charge(-bytes);
      this.held.delete(id);
    }
  }

  /** Of loads for the same containers the one that began last. */
  private current(now: Micros): Load[] {
    const last = new Map<string, Load>();
    for (const { load, from } of this.declared.toSorted((one, other) => one.from - other.from)) {
      const { namespace, kind, name, container = '' } = load;
      if (from <= now) last.set(`${namespace}/${kind}/${name}/${container}`, load);
    }
    return [...last.values()];
  }

  private use({ pod, id, load }: Loaded, cpu: Micros, elapsed: Micros): void {
    const kernel = this.parts.hosts.get(pod.spec.nodeName ?? '')?.kernel;
    const group = kernel?.cgroups.find(`${podCgroupPath(pod)}/cri-containerd-${id}.scope`);
    if (!group) return;
    group.account(Math.min(cpu, group.share(elapsed)));
    const before = this.held.get(id)?.bytes ?? 0;
    if (before === load.memory) return;
    this.held.set(id, { group, bytes: load.memory });
    group.charge(load.memory - before);
  }
}

function isOf(pod: Pod, { kind, name }: Load, sets: Informer<ReplicaSet>): boolean {
  if (kind === 'Pod') return pod.metadata.name === name;
  const owner = controllerOf(pod);
  if (owner?.kind === kind) return owner.name === name;
  if (kind !== 'Deployment' || owner?.kind !== 'ReplicaSet') return false;
  const set = sets.get(pod.metadata.namespace, owner.name);
  const above = set && controllerOf(set);
  return above?.kind === 'Deployment' && above.name === name;
}

/** The id of a pod's container that runs, as its runtime has it. */
function containerId(pod: Pod, name: string | undefined): string | undefined {
  const wanted = name ?? pod.spec.containers[0]?.name;
  const status = pod.status?.containerStatuses?.find((one) => one.name === wanted);
  return status?.state?.running ? status.containerID?.replace(/^containerd:\/\//, '') : undefined;
}
