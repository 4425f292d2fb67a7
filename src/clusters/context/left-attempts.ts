import { ClusterError } from '../port.js';
import type { ApiSide } from '../real/api-side.js';
import type { OpenHow } from '../real/real-cluster.js';
import { standingOf } from './known-attempts.js';
import { type AttemptRecord, allRecords, forget, isHeld, mayBeOf, readRecord } from './record.js';
import { removeAttempt } from './remove-attempt.js';
import { type Standing, whatStands } from './what-stands.js';

/** A cluster of the person's, as records know it. */
export interface KnownPlace {
  /** The API server. */
  readonly server: string;
  /** What tells it from any other cluster, where that may be read. */
  readonly cluster: string | undefined;
}

/** An attempt of which something is on a cluster. */
export type Recorded = ReturnType<typeof allRecords>[number];

/** What somebody is asked before what an attempt left is deleted, and whether that is work, or may be somebody else's. */
export interface DeleteQuestion {
  readonly question: string;
  readonly about: 'own-work' | 'stray';
}

/** Attempts on one context of the person's kubeconfigs: who works there, and what those left that ended without cleaning up. */
export class LeftAttempts {
  private readonly folder: string;
  private readonly context: string;

  /** `folder`: that of all attempts. */
  constructor(folder: string, context: string) {
    this.folder = folder;
    this.context = context;
  }

  /** Attempts on this cluster but for one. */
  others({ server, cluster }: KnownPlace, attempt?: string): readonly Recorded[] {
    return allRecords(this.folder).filter(
      ({ record }) => record.context === this.context && mayBeOf(record, server, cluster) && record.attempt !== attempt,
    );
  }

  /** Throws `ClusterError` where another kubedrill works there now. */
  refuseHeld(place: KnownPlace, attempt: string): void {
    const held = this.others(place, attempt).find(({ record }) => isHeld(record));
    if (held) throw new ClusterError(inUse(this.context, held.record));
  }

  /**
   * Takes away what an attempt left, once that is agreed to. Gives in words what it was; undefined where it stays, or somebody
   * took it up meanwhile. Throws `ClusterError` where something cannot go.
   */
  async remove(
    { request }: Pick<ApiSide, 'request'>,
    { folder, record }: Recorded,
    agreed: (record: AttemptRecord, stands: Standing) => Promise<boolean>,
    onStep: OpenHow['onStep'],
  ): Promise<readonly string[] | undefined> {
    const stands = await whatStands(request, record);
    if (stands.told.length > 0) {
      if (!(await agreed(record, stands))) return undefined;
      const now = readRecord(folder);
      if (!now) return undefined;
      if (isHeld(now)) throw new ClusterError(inUse(this.context, now));
      const { left } = await removeAttempt({ request }, record, { onStep });
      if (left.length > 0) throw new ClusterError(left.join('. '));
    }
    forget(folder);
    return stands.told;
  }
}

/** What somebody can go on with is their work, also when a crash left it, and so may be what came since; else it is nobody's. */
export function deleteQuestion(record: AttemptRecord, { told, labelled }: Standing): DeleteQuestion {
  const since = momentOf(record.began);
  const left = `left on ${record.context}: ${told.join('; ')}`;
  const stands = standingOf(record);
  if (stands === 'left')
    return {
      question: `An attempt (${since}) that you can go on with was ${left}. Delete that, with your work and your answers?`,
      about: 'own-work',
    };
  const which = stands === 'dropped' ? `An attempt that you dropped (${since})` : `An earlier attempt (${since})`;
  return { question: `${which} ${left}. Delete that now?`, about: labelled ? 'stray' : 'own-work' };
}

function inUse(context: string, { holder, began }: AttemptRecord): string {
  return `Another kubedrill (process ${holder?.pid}) works on context ${context} since ${momentOf(began)}. End that first, or use another cluster.`;
}

function momentOf(began: string): string {
  return `${began.slice(0, 16).replace('T', ' ')} UTC`;
}
