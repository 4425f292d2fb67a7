/** How many pods of one controller may be changed at a time (pkg/updater/restriction). */
import { controllerOf } from '../../api/owner-references.js';
import { podCondition } from '../../api/pods.js';
import type { Pod } from '../../api/types/pod.js';
import { HOUR, MINUTE, type Micros } from '../../kernel/time.js';

const DEFERRED_PATIENCE = 5 * MINUTE;
const IN_PROGRESS_PATIENCE = HOUR;

/** The pods of one controller, and what became of them in this round. */
interface Group {
  readonly configured: number;
  readonly tolerated: number;
  readonly running: number;
  evicted: number;
  resized: number;
}

/** A group that has too few pods to be touched. */
export interface TooFew {
  readonly kind: string;
  readonly name: string;
  readonly live: number;
}

/** What may become of a pod whose resources are to change where it runs. */
export type InPlaceDecision = 'approved' | 'deferred' | 'evict';

export class Restriction {
  private readonly groups = new Map<string, Group>();
  /** Controllers that have fewer pods than are needed. */
  readonly tooFew: TooFew[] = [];

  /** `wanted` tells how many pods the controller of one should have; `attempts` since when pods are being resized. */
  constructor(
    pods: readonly Pod[],
    least: number,
    tolerance: number,
    wanted: (pod: Pod) => number | undefined,
    private readonly attempts: Map<string, Micros>,
  ) {
    const byOwner = new Map<string, Pod[]>();
    for (const pod of pods) {
      const owner = ownerKey(pod);
      if (owner !== undefined) byOwner.set(owner, [...(byOwner.get(owner) ?? []), pod]);
    }
    for (const [owner, live] of byOwner) {
      const [kind = '', , name = ''] = owner.split('/');
      const configured = kind === 'Job' ? live.length : wanted(live[0] as Pod);
      if (live.length < least) this.tooFew.push({ kind, name, live: live.length });
      else if (configured)
        this.groups.set(owner, {
          configured,
          tolerated: Math.trunc(configured * tolerance),
          running: live.filter(({ status }) => status?.phase !== 'Pending').length,
          evicted: 0,
          resized: 0,
        });
    }
  }

  mayEvict(pod: Pod, now: Micros): boolean {
    const group = this.groupOf(pod);
    if (!group) return false;
    if (pod.status?.phase === 'Pending') return true;
    return isResizing(pod) ? this.isStuck(pod, group, now) : isDisruptable(group);
  }

  inPlace(pod: Pod, now: Micros): InPlaceDecision {
    const group = this.groupOf(pod);
    if (!group || pod.status?.phase === 'Pending') return 'deferred';
    if (isResizing(pod)) return this.isStuck(pod, group, now) ? 'evict' : 'deferred';
    return isDisruptable(group) ? 'approved' : 'deferred';
  }

  evicted(pod: Pod): void {
    const group = this.groupOf(pod);
    if (group && pod.status?.phase !== 'Pending') group.evicted += 1;
  }

  resized(pod: Pod): void {
    const group = this.groupOf(pod);
    if (group) group.resized += 1;
  }

  private groupOf(pod: Pod): Group | undefined {
    const owner = ownerKey(pod);
    return owner === undefined ? undefined : this.groups.get(owner);
  }

  /** A resize that came to nothing, or takes too long: the pod may be put out instead. */
  private isStuck(pod: Pod, group: Group, now: Micros): boolean {
    const key = pod.metadata.uid ?? '';
    const since = this.attempts.get(key) ?? now;
    this.attempts.set(key, since);
    if (!isDisruptable(group)) return false;
    const pending = podCondition(pod, 'PodResizePending');
    if (pending) return pending.reason !== 'Deferred' || now - since > DEFERRED_PATIENCE;
    const progress = podCondition(pod, 'PodResizeInProgress');
    return progress !== undefined && (Boolean(progress.reason) || now - since > IN_PROGRESS_PATIENCE);
  }
}

function ownerKey(pod: Pod): string | undefined {
  const owner = controllerOf(pod);
  return owner && `${owner.kind}/${pod.metadata.namespace}/${owner.name}`;
}

function isResizing(pod: Pod): boolean {
  const condition = podCondition(pod, 'PodResizePending') ?? podCondition(pod, 'PodResizeInProgress');
  return condition?.status === 'True';
}

/** Whether one more may go: enough stay alive, or there is but one and none has gone. */
function isDisruptable({ configured, tolerated, running, evicted, resized }: Group): boolean {
  if (running - evicted - resized > configured - tolerated) return true;
  return configured === running && tolerated === 0 && evicted === 0 && resized === 0;
}
