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
  for (const total of totals) if (total > most) most = total;
  const best: NodeInfo[] = [];
  for (let index = 0; index < totals.length; index += 1)
    if (totals[index] === most) best.push(feasible[index] as NodeInfo);
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
  const totals = feasible.map(sumOf(alone, cycle));
  for (const { plugin, weight, prepared } of compared) {
    const raw = feasible.map(rawOf(plugin, prepared, cycle));
    const scores = prepared.normalize?.(raw, feasible) ?? raw;
    for (let index = 0; index < scores.length; index += 1)
      totals[index] = (totals[index] as number) + valid(plugin, scores[index] as number) * weight;
  }
  return totals;
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
  const score = (node: NodeInfo): number => prepared.score(node);
  return prepared.local === undefined ? score : cycle.notes.column(`raw ${plugin.name} ${prepared.local}`, score);
}

function valid(plugin: Plugin, score: number): number {
  if (!(score >= 0 && score <= MAX_SCORE)) throw new Error(`plugin ${plugin.name} gave ${score} points`);
  return score;
}
