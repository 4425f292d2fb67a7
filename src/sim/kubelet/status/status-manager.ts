import { deepEqual, semanticEqual } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import type { Pod, PodStatus } from '../../api/types/pod.js';
import type { ApiClient } from '../../client/client.js';
import { RESOURCES } from '../../client/resource-types.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { WaitQueue } from '../../kernel/wait.js';
import type { KubeletLog } from '../log.js';
import type { KubeletTiming } from '../timing.js';

interface Entry {
  status: PodStatus;
  /** The status that reached the server. */
  written: PodStatus | undefined;
  dirty: boolean;
  /** It could not be written: not before this. */
  retryAt?: Micros;
  /** The pod's containers are gone for good: its object may be removed when somebody asked for that. */
  finished: boolean;
}

/** What the manager asks the rest of kubelet. */
export interface StatusTargets {
  /** The API's pod whose status this is: the pod itself, or a static pod's mirror. */
  find(uid: string): Pod | undefined;
}

/** Brings statuses to the API server, one pod after another; only what changed (kubelet status manager). */
export class StatusManager {
  private readonly sys: Sys;
  private readonly client: ApiClient;
  private readonly log: KubeletLog;
  private readonly timing: KubeletTiming;
  private readonly targets: StatusTargets;
  private readonly entries = new Map<string, Entry>();
  private readonly changed = new WaitQueue();

  constructor(sys: Sys, client: ApiClient, log: KubeletLog, timing: KubeletTiming, targets: StatusTargets) {
    this.sys = sys;
    this.client = client;
    this.log = log;
    this.timing = timing;
    this.targets = targets;
  }

  get(uid: string): PodStatus | undefined {
    return this.entries.get(uid)?.status;
  }

  /** Remembers a pod's status; what equals the last one is not written again. */
  set(uid: string, status: PodStatus, finished = false): void {
    const entry = this.entries.get(uid);
    if (entry && deepEqual(entry.status, status) && entry.finished === finished) return;
    this.entries.set(uid, { status, written: entry?.written, dirty: true, finished });
    this.changed.wakeAll();
  }

  /** The API's pod changed: its status may not be what was written, or it may now be removed. */
  touch(uid: string): void {
    const entry = this.entries.get(uid);
    if (!entry) return;
    entry.dirty = true;
    this.changed.wakeAll();
  }

  forget(uid: string): void {
    this.entries.delete(uid);
  }

  /** The thread that writes. What could not be written waits for the next round, and keeps nothing else waiting. */
  *work(): Waiting<void> {
    for (;;) {
      const now = this.sys.now();
      const dirty = [...this.entries].filter(([, entry]) => entry.dirty);
      const due = dirty.filter(([, { retryAt = now }]) => retryAt <= now);
      if (dirty.length === 0) {
        yield this.changed;
      } else if (due.length === 0) {
        yield { queues: [this.changed], until: Math.min(...dirty.map(([, { retryAt = now }]) => retryAt)) };
      }
      for (const [uid, entry] of due) {
        if (!(yield* this.sync(uid, entry))) entry.retryAt = this.sys.now() + this.timing.statusSync;
      }
    }
  }

  /** Writes one status; false when it must be tried again later. */
  private *sync(uid: string, entry: Entry): Waiting<boolean> {
    const pod = this.targets.find(uid);
    entry.dirty = false;
    if (!pod) return true;
    try {
      if (!semanticEqual(inOrder(pod.status ?? {}), inOrder(entry.status))) yield* this.write(pod, entry);
      if (entry.finished && pod.metadata.deletionTimestamp) yield* this.remove(pod);
      return true;
    } catch (error) {
      if (isNotFound(error)) return true;
      if (!(error instanceof StatusError) && !isErrno(error) && !(error instanceof TlsError)) throw error;
      entry.dirty = true;
      this.log.error('status_manager.go:1059', error.message, 'Failed to update status for pod', {
        pod: `${pod.metadata.namespace}/${pod.metadata.name}`,
      });
      return false;
    }
  }

  private *write(pod: Pod, entry: Entry): Waiting<void> {
    const { name = '', namespace, uid } = pod.metadata;
    const status = withoutMissing(pod.status, entry.status);
    yield* this.client.patch(
      RESOURCES.pods,
      name,
      namespace,
      'application/strategic-merge-patch+json',
      {
        metadata: { uid },
        status,
      },
      { subresource: 'status' },
    );
    entry.written = entry.status;
  }

  private *remove(pod: Pod): Waiting<void> {
    const { name = '', namespace, uid } = pod.metadata;
    yield* this.client.delete(RESOURCES.pods, name, namespace, {
      gracePeriodSeconds: 0,
      ...(uid ? { preconditions: { uid } } : {}),
    });
  }
}

/** Merging keeps the server's order of conditions; order alone is no difference. */
function inOrder(status: PodStatus): PodStatus {
  const conditions = [...(status.conditions ?? [])].sort((one, other) => (one.type < other.type ? -1 : 1));
  return { ...status, conditions };
}

/** The new status as a patch: what the server has and it no longer says becomes null. */
function withoutMissing(before: PodStatus | undefined, after: PodStatus): Record<string, unknown> {
  const patch: Record<string, unknown> = { ...after };
  for (const key of Object.keys(before ?? {})) if (!(key in after)) patch[key] = null;
  const gone = <T>(list: readonly T[] = [], now: readonly T[] = [], key: keyof T) =>
    list
      .filter((one) => !now.some((other) => other[key] === one[key]))
      .map((one) => ({ $patch: 'delete', [key]: one[key] }));
  patch['conditions'] = [
    ...(after.conditions ?? []).map((condition) => ({ reason: null, message: null, ...condition })),
    ...gone(before?.conditions, after.conditions, 'type'),
  ];
  if (after.podIPs) patch['podIPs'] = [...after.podIPs, ...gone(before?.podIPs, after.podIPs, 'ip')];
  return patch;
}
