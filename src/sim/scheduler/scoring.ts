import type { Random } from '../kernel/random.js';
import type { NodeInfo } from './node-info.js';
import { type Cycle, MAX_SCORE, type Plugin, type PreparedScore } from './plugin.js';
import type { Profile } from './profile.js';

interface ReadyScore {
  readonly plugin: Plugin;
  readonly weight: number;
  readonly prepared: PreparedScore;
}

/** The node with the most points; of equals one is drawn. */
export function bestOf(profile: Profile, cycle: Cycle, feasible: readonly NodeInfo[], random: Random): NodeInfo {
  const [only] = feasible;
  if (only && feasible.length === 1) return only;
  const totals = scoreNodes(profile, cycle, feasible);
  let most = Number.NEGATIVE_INFINITY;
  let best: NodeInfo[] = [];
  for (let index = 0; index < totals.length; index += 1) {
    const total = totals[index] as number;
    if (total > most) {
      most = total;
      best = [];
    }
    if (total === most) best.push(feasible[index] as NodeInfo);
  }
  return random.pick(best);
}

/** The weighted sum of all plugins' scores, node by node. */
function scoreNodes({ scoring }: Profile, cycle: Cycle, feasible: readonly NodeInfo[]): number[] {
  const alone: ReadyScore[] = [];
  const compared: ReadyScore[] = [];
  for (const { plugin, weight } of scoring) {
    const prepared = plugin.prepareScore?.(cycle, feasible);
    if (!prepared) continue;
    (prepared.local !== undefined && !prepared.normalize ? alone : compared).push({ plugin, weight, prepared });
  }
  const totals = each(feasible, sumOf(alone, cycle));
  for (const { plugin, weight, prepared } of compared) {
    const raw = each(feasible, rawOf(plugin, prepared, cycle));
    const scores = prepared.normalize?.(raw, feasible) ?? raw;
    for (let index = 0; index < scores.length; index += 1)
      totals[index] = (totals[index] as number) + valid(plugin, scores[index] as number) * weight;
  }
  return totals;
}

/** `map` without its checks for holes: hundreds of nodes for each pod. */
function each(nodes: readonly NodeInfo[], of: (node: NodeInfo) => number): number[] {
  const result: number[] = [];
  for (const node of nodes) result.push(of(node));
  return result;
}

/** The sum of scores that need no look at other nodes. */
function sumOf(scores: readonly ReadyScore[], cycle: Cycle): (node: NodeInfo) => number {
  const what = scores.map(({ plugin, weight, prepared }) => `${plugin.name} ${weight} ${prepared.local}`);
  return cycle.notes.column(`points ${what.join('\n')}`, (node) => {
    let sum = 0;
    for (const { plugin, weight, prepared } of scores) sum += valid(plugin, prepared.score(node)) * weight;
    return sum;
  });
}

function rawOf(plugin: Plugin, prepared: PreparedScore, cycle: Cycle): (node: NodeInfo) => number {
  const { score, local } = prepared;
  return local === undefined ? score : cycle.notes.column(`raw ${plugin.name} ${local}`, score);
}

function valid(plugin: Plugin, score: number): number {
  if (!(score >= 0 && score <= MAX_SCORE)) throw new Error(`plugin ${plugin.name} gave ${score} points`);
  return score;
}
