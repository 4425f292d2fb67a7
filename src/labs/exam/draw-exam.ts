import type { Curriculum } from '../content/curriculum.js';
import { fixedHosts } from '../format/hosts.js';
import type { Lab } from '../format/lab.js';
import { apportion } from './apportion.js';
import type { Blueprint } from './blueprint.js';
import { type Chance, chances } from './chance.js';

/** How many draws are made of which the best is taken. */
const TRIES = 24;
/** Of the exam's minutes, what its tasks should take by their own: the rest is for reading and going back. */
const MINUTES_SHARE = 0.9;

/** One task of an exam. */
export interface ExamTask {
  /** From 1. */
  readonly number: number;
  /** The lab's id. */
  readonly lab: string;
  /** What the lab draws its values from. */
  readonly seed: string;
  /** Per cent of the exam. */
  readonly weight: number;
}

/** What a seed draws from a pool of labs. */
export interface ExamDraw {
  /** In the order in which they are asked; none where the pool is too small. */
  readonly tasks: readonly ExamTask[];
  /** How many labs are missing for the fewest tasks the blueprint allows. */
  readonly lacks: number;
  /** Of recent exams, drawn all the same since the pool has no others. */
  readonly again: readonly string[];
}

export interface DrawOptions {
  readonly blueprint: Blueprint;
  /** All labs there are; those of the certification are drawn from. */
  readonly labs: readonly Lab[];
  readonly curriculum: Curriculum;
  /** Ids of labs that stood in the last exams. */
  readonly recent: ReadonlySet<string>;
  readonly seed: string;
  /** All tasks are on one cluster, which names its hosts itself. */
  readonly oneCluster?: boolean;
}

/**
 * Draws an exam: as many tasks of each domain as it weighs, no two of one task type or on hosts of one name, those of recent
 * exams only where the pool has no others. The same labs, recent exams and seed give the same exam.
 */
export function drawExam(options: DrawOptions): ExamDraw {
  const { blueprint, labs, seed } = options;
  const pool = labs.filter(({ content: { spec } }) => spec.certification === blueprint.certification);
  const tries = Array.from({ length: TRIES }, (_, index) => choose(pool, options, chances(`${seed}/${index}`)));
  const best = tries.reduce((one, other) => (cost(other, options) < cost(one, options) ? other : one));
  const lacks = Math.max(0, blueprint.tasks.min - best.length);
  if (lacks > 0) return { tasks: [], lacks, again: [] };
  const order = chances(`${seed}/order`).shuffled(best);
  const weights = weigh(order, blueprint);
  return {
    tasks: order.map(({ id }, index) => ({
      number: index + 1,
      lab: id,
      seed: `${seed}-${index + 1}`,
      weight: weights[index] as number,
    })),
    lacks: 0,
    again: order.map(({ id }) => id).filter((id) => options.recent.has(id)),
  };
}

/** One draw: labs of each domain in turn, the likelier type the sooner; what a domain has not comes from the others. */
function choose(
  pool: readonly Lab[],
  { blueprint, curriculum, recent, seed, oneCluster = false }: DrawOptions,
  chance: Chance,
): Lab[] {
  const { min, max } = blueprint.tasks;
  const count = min + chances(`${seed}/count`).below(max - min + 1);
  const queue = [...pool].sort(byId).map((lab) => ({ lab, place: chance.place(typeWeight(lab, curriculum)) }));
  queue.sort(
    (one, other) => Number(recent.has(one.lab.id)) - Number(recent.has(other.lab.id)) || one.place - other.place,
  );
  const ordered = queue.map(({ lab }) => lab);
  const weights = blueprint.domains.map(({ weight }) => weight);
  const most = blueprint.domains.map(() => Number.POSITIVE_INFINITY);
  // A domain's room shows only when it is drawn from, for a type may stand in several labs and domains.
  for (;;) {
    const quotas = apportion(count, weights, most);
    const chosen = fill(ordered, blueprint, quotas, (lab) => (oneCluster ? [] : fixedHosts(lab.content)));
    const short = blueprint.domains.findIndex(({ name }, index) => inDomain(chosen, name) < (quotas[index] as number));
    if (short < 0) return chosen;
    most[short] = inDomain(chosen, blueprint.domains[short]?.name);
  }
}

function fill(
  ordered: readonly Lab[],
  { domains }: Blueprint,
  quotas: readonly number[],
  hostsOf: (lab: Lab) => readonly string[],
): Lab[] {
  const chosen: Lab[] = [];
  const types = new Set<string>();
  const hosts = new Set<string>();
  for (const [index, { name }] of domains.entries()) {
    let left = quotas[index] as number;
    for (const lab of ordered) {
      if (left === 0) break;
      if (lab.content.spec.domain !== name || typesOf(lab).some((type) => types.has(type))) continue;
      // Each task is done on hosts of its own: who stands at one's base must be able to call all others.
      if (hostsOf(lab).some((host) => hosts.has(host))) continue;
      for (const type of typesOf(lab)) types.add(type);
      for (const host of hostsOf(lab)) hosts.add(host);
      chosen.push(lab);
      left -= 1;
    }
  }
  return chosen;
}

/** What is worse weighs more: fewer tasks, tasks seen lately, tasks that take far more or less time than there is. */
function cost(labs: readonly Lab[], { blueprint, recent }: DrawOptions): number {
  const missing = Math.max(0, blueprint.tasks.min - labs.length);
  const seen = labs.filter(({ id }) => recent.has(id)).length;
  const minutes = labs.reduce((sum, { content }) => sum + content.spec.minutes, 0);
  return missing * 1e6 + seen * 1e3 + Math.abs(minutes - blueprint.minutes * MINUTES_SHARE);
}

/** Per cent of the exam for each lab: every domain has its weight, shared among its labs by their minutes. */
function weigh(labs: readonly Lab[], { domains }: Blueprint): number[] {
  const present = domains.map(({ name, weight }) => (inDomain(labs, name) > 0 ? weight : 0));
  const shares = apportion(100, present);
  const weights = new Map<Lab, number>();
  for (const [index, { name }] of domains.entries()) {
    const its = labs.filter(({ content }) => content.spec.domain === name);
    const parts = apportion(
      shares[index] as number,
      its.map(({ content }) => content.spec.minutes),
    );
    for (const [place, lab] of its.entries()) weights.set(lab, parts[place] as number);
  }
  return labs.map((lab) => weights.get(lab) ?? 0);
}

function typeWeight(lab: Lab, { types }: Curriculum): number {
  return Math.max(1, ...typesOf(lab).map((id) => types.get(id)?.weight ?? 1));
}

function typesOf({ content: { spec } }: Lab): readonly string[] {
  return spec.types ?? [];
}

function inDomain(labs: readonly Lab[], name: string | undefined): number {
  return labs.filter(({ content }) => content.spec.domain === name).length;
}

function byId(one: Lab, other: Lab): number {
  return one.id < other.id ? -1 : 1;
}
