import { hostname } from 'node:os';
import { ClusterError } from '../port.js';
import type { ApiSide } from '../real/api-side.js';
import type { OpenHow } from '../real/real-cluster.js';
import { standingOf } from './known-attempts.js';
import {
  type AttemptRecord,
  allRecords,
  forget,
  isHeld,
  isThere,
  type KnownPlace,
  mayBeOf,
  readRecord,
} from './record.js';
import { removeAttempt } from './remove-attempt.js';
import { type Standing, whatStands } from './what-stands.js';

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

  /** Attempts that were made by this context on this cluster, but for one. */
  others(place: KnownPlace, attempt?: string): readonly Recorded[] {
    return this.all(attempt).filter(({ record }) => record.context === this.context && mayBeOf(record, place));
  }

  /** Throws `ClusterError` where another kubedrill works there now, by whichever context. */
  refuseHeld(place: KnownPlace, attempt: string): void {
    const held = this.all(attempt).find(({ record }) => isHeld(record) && isThere(record, this.context, place));
    if (held) throw new ClusterError(inUse(held.record));
  }

  private all(but: string | undefined): readonly Recorded[] {
    return allRecords(this.folder).filter(({ record }) => record.attempt !== but);
  }

  /**
   * Takes away what an attempt left, once that is agreed to. Gives in words what it was; undefined where it stays, or somebody
   * took it away meanwhile. Throws `ClusterError` where somebody works on it, or something cannot go.
   */
  async remove(
    { request }: Pick<ApiSide, 'request'>,
    { folder, record }: Recorded,
    agreed: (record: AttemptRecord, stands: Standing) => Promise<boolean>,
    onStep: OpenHow['onStep'],
  ): Promise<readonly string[] | undefined> {
    const stands = await whatStands(request, record);
    if (stands.told.length > 0 && !(await agreed(record, stands))) return undefined;
    // It may have made nothing yet, and its folder has the answers: nothing of it goes while it is worked on.
    const now = readRecord(folder);
    if (!now) return undefined;
    if (isHeld(now)) throw new ClusterError(inUse(now));
    if (stands.told.length > 0) {
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

function inUse({ context, holder, began }: AttemptRecord): string {
  const where = holder === undefined || holder.host === hostname() ? '' : ` on the computer ${holder.host}`;
  return `Another kubedrill (process ${holder?.pid}${where}) works on context ${context} since ${momentOf(began)}. End that first, or use another cluster.`;
}

function momentOf(began: string): string {
  return `${began.slice(0, 16).replace('T', ' ')} UTC`;
}
