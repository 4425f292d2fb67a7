import { type Cluster, ClusterError, type PutBack } from '../clusters/port.js';
import { subjectsIn } from './checks/register.js';
import { actsOf } from './rounds.js';
import type { Check } from './rubric.js';

/** Programs that are told by kubectl to run, or to write, in a container. */
const GOES_INSIDE = /\b(?:attach|cp|debug|exec)\b/;

/**
 * A cluster that cannot be copied, on which rounds of checks act one after another: what a round did to objects and pods is
 * put back before the next, as far as the cluster can do that.
 */
export class SpentCluster {
  private readonly cluster: Cluster;
  private readonly settleSecondsMax: number;
  private readonly beforeFirst: () => void;
  private putBack: PutBack | undefined;
  /** The last round; none has acted yet. */
  private acted: readonly Check[] | undefined;

  constructor(cluster: Cluster, settleSecondsMax: number, beforeFirst: () => void) {
    this.cluster = cluster;
    this.settleSecondsMax = settleSecondsMax;
    this.beforeFirst = beforeFirst;
  }

  /**
   * Makes the cluster what it was before the first round, and judges the one that comes. Gives why that cannot be done; throws
   * only as long as nothing was changed.
   */
  async use(round: readonly Check[], judge: () => Promise<void>): Promise<string | undefined> {
    const last = this.acted;
    if (last === undefined) {
      this.putBack = await this.cluster.noteState?.();
      this.beforeFirst();
    }
    this.acted = round;
    try {
      const reason = last && (await this.madeAgain(last));
      if (reason === undefined) await judge();
      return reason;
    } catch (error) {
      // What has copies throws one of them away, and is asked again.
      if (this.cluster.copy || !(error instanceof ClusterError)) throw error;
      return error.message;
    }
  }

  /** What rounds did up to the last is undone. Gives why it cannot be. */
  private async madeAgain(last: readonly Check[]): Promise<string | undefined> {
    if (this.putBack === undefined) return undefined;
    const { changed, left } = await this.putBack({ inside: goesInside(last) });
    if (left.length > 0) return `what another check did could not be put back: ${left.join('; ')}`;
    if (changed) await this.cluster.settle(this.settleSecondsMax);
    return undefined;
  }
}

/** Whether a round may have changed what is in containers. */
function goesInside(round: readonly Check[]): boolean {
  const scripts = round.flatMap((check) =>
    subjectsIn(check).map(({ subject }) => (subject as { script?: unknown }).script),
  );
  return GOES_INSIDE.test(JSON.stringify([round.flatMap(actsOf), scripts]));
}
