import type { TaskPlace } from '../../checker/needs/host-needs.js';
import type { Check } from '../../checker/rubric.js';
import type { Evaluate } from '../../clusters/expressions.js';
import type { Timing, WorldSpec } from '../../clusters/port.js';
import type { Place } from '../../clusters/real/real-cluster.js';
import { derivedValues } from './derive.js';
import { hostsOf } from './hosts.js';
import type { Alternative, ConditionalText, Hint, Lab, LabFile, LabWorld, Mistake, SolutionPart, When } from './lab.js';
import { substitute } from './substitute.js';
import { type Dice, type Draw, drawVariants } from './variants.js';
import { applies } from './when.js';
import { worldSteps } from './world-steps.js';

/** A lab with everything drawn and put in: what one attempt is about. */
export interface LabInstance {
  readonly lab: Lab;
  readonly seed: string;
  /** What was drawn. */
  readonly draw: Draw;
  /** What was drawn and what was derived of it. */
  readonly values: Draw;
  readonly world: WorldSpec;
  readonly timing: Timing;
  /** The host the task is done on, by its name in this world. */
  readonly host: string;
  /** Where the task is done: that host by its base name, and the folder of answers. */
  readonly taskPlace: TaskPlace;
  /** Names of this world by base names, for checks and steps. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly task: string;
  readonly checks: readonly Check[];
  readonly hints: readonly { readonly text: string; readonly price: number }[];
  readonly solution: readonly SolutionPart[];
  readonly alternatives: readonly Alternative[];
  readonly mistakes: readonly Mistake[];
  readonly explains: string;
  readonly reads: readonly string[];
  readonly minutes: number;
  readonly settleSecondsMax: number;
  /** What a task can earn. */
  readonly points: number;
}

export interface InstanceOptions {
  readonly seed: string;
  readonly dice: (name: string) => Dice;
  /** Values that stand instead of what the seed would draw (proof of every cause). */
  readonly fixed?: Draw;
  /** The task's number, for the answers' folder; 1 in practice. */
  readonly task?: number;
  readonly timing?: Timing;
  /** What a real cluster decides: names of its hosts, and where answers are; nothing of that is drawn or made then. */
  readonly place?: Place;
  /** What works derived values out; needed where a lab has some (`expressionsFor`). */
  readonly evaluate?: Evaluate | undefined;
}

const SETTLE_SECONDS_MAX = 180;
const HINT_PRICE = 1;

/** Draws a lab's variants and puts them in everywhere. */
export function instantiate(lab: Lab, options: InstanceOptions): LabInstance {
  const { place } = options;
  const draw = { ...drawVariants(lab.content, options.dice), ...options.fixed, ...hostOfPlace(lab, place) };
  const values = derivedValues(lab.content, draw, options.evaluate);
  const answers = place?.answers ?? answersFolder(options.task);
  const spec = substitute(withoutVariants(lab.content.spec), values, { answers });
  const chosen = <T extends { readonly when?: When }>(items: readonly T[] | undefined): T[] =>
    (items ?? []).filter(({ when }) => applies(when, values));
  const checks = chosen(spec.checks);
  const hosts = { ...hostsOf(spec.world), ...place?.hosts };
  const base = spec.host ?? 'controlplane';
  return {
    lab,
    seed: options.seed,
    draw,
    values,
    world: worldOf(
      spec.world,
      [...worldSteps(spec.world, values), ...(place ? [] : [makeAnswers(base, answers)])],
      place,
    ),
    timing: spec.timing ?? options.timing ?? 'brisk',
    host: hosts[base] ?? base,
    taskPlace: { host: base, answers },
    hosts,
    task: textOf(spec.task, values),
    checks,
    hints: (spec.hints ?? [])
      .map((hint): Hint => (typeof hint === 'string' ? { text: hint } : hint))
      .filter(({ when }) => applies(when, values))
      .map(({ text, price }) => ({ text, price: price ?? HINT_PRICE })),
    solution: chosen(spec.solution),
    alternatives: chosen(spec.alternatives),
    mistakes: chosen(spec.mistakes),
    explains: textOf(spec.explains, values),
    reads: chosen((spec.reads ?? []).map((page) => (typeof page === 'string' ? { url: page } : page))).map(
      ({ url }) => url,
    ),
    minutes: spec.minutes,
    settleSecondsMax: spec.settle_seconds_max ?? SETTLE_SECONDS_MAX,
    points: checks.reduce((sum, { points }) => sum + (points ?? 0), 0),
  };
}

/** The variant of which names of hosts are made is not drawn where the cluster has its names already. */
function hostOfPlace(lab: Lab, place: Place | undefined): Draw {
  return place && lab.content.spec.variants?.['host'] !== undefined ? { host: place.host } : {};
}

function worldOf(world: LabWorld, steps: readonly unknown[], place: Place | undefined): WorldSpec {
  return { ...world, ...(place ? { hosts: { ...world.hosts, ...place.hosts } } : {}), steps } as WorldSpec;
}

/** What values are put into: all but where they come from. */
function withoutVariants({ variants: _, derive: __, ...spec }: LabFile['spec']): LabFile['spec'] {
  return spec;
}

/** Where the answers to a task are written, by its number; 1 in practice. */
export function answersFolder(task = 1): string {
  return `/opt/course/${task}`;
}

/** The folder for answers is made by the world and belongs to the candidate. */
function makeAnswers(host: string, path: string): unknown {
  return { run: { host, as: 'root', script: `mkdir -p ${path} && chown candidate: ${path}` } };
}

function textOf(text: string | readonly ConditionalText[], values: Draw): string {
  if (typeof text === 'string') return text;
  return text
    .filter(({ when }) => applies(when, values))
    .map((part) => part.text.trimEnd())
    .join('\n\n');
}
