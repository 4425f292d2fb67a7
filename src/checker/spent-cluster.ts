import type { Cluster, PutBack } from '../clusters/port.js';
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
  private putBack: PutBack | undefined;
  /** The last round; none has acted yet. */
  private acted: readonly Check[] | undefined;

  constructor(cluster: Cluster, settleSecondsMax: number) {
    this.cluster = cluster;
    this.settleSecondsMax = settleSecondsMax;
  }

  /** Makes the cluster what it was before the first round. Gives why the round that comes cannot be judged. */
  async getReady(round: readonly Check[]): Promise<string | undefined> {
    const last = this.acted;
    this.acted = round;
    if (last === undefined) {
      this.putBack = await this.cluster.noteState?.();
      return undefined;
    }
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
