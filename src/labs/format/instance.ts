import type { Check } from '../../checker/rubric.js';
import type { Evaluate } from '../../clusters/expressions.js';
import type { Timing, WorldSpec } from '../../clusters/port.js';
import { derivedValues } from './derive.js';
import { hostsOf } from './hosts.js';
import type { Alternative, ConditionalText, Hint, Lab, LabFile, Mistake, SolutionPart, When } from './lab.js';
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
  /** What works derived values out; needed where a lab has some (`expressionsFor`). */
  readonly evaluate?: Evaluate | undefined;
}

const SETTLE_SECONDS_MAX = 180;
const HINT_PRICE = 1;

/** Draws a lab's variants and puts them in everywhere. */
export function instantiate(lab: Lab, options: InstanceOptions): LabInstance {
  const draw = { ...drawVariants(lab.content, options.dice), ...options.fixed };
  const values = derivedValues(lab.content, draw, options.evaluate);
  const answers = answersFolder(options.task);
  const spec = substitute(withoutVariants(lab.content.spec), values, { answers });
  const chosen = <T extends { readonly when?: When }>(items: readonly T[] | undefined): T[] =>
    (items ?? []).filter(({ when }) => applies(when, values));
  const checks = chosen(spec.checks);
  const hosts = hostsOf(spec.world);
  const base = spec.host ?? 'controlplane';
  return {
    lab,
    seed: options.seed,
    draw,
    values,
    world: { ...spec.world, steps: [...worldSteps(spec.world, values), makeAnswers(base, answers)] } as WorldSpec,
    timing: spec.timing ?? options.timing ?? 'brisk',
    host: hosts[base] ?? base,
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
