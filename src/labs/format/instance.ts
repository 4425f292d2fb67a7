import type { Check } from '../../checker/rubric.js';
import type { Timing, WorldSpec } from '../../clusters/port.js';
import type { Alternative, ConditionalText, Hint, Lab, Mistake, SolutionPart } from './lab.js';
import { applies, type Dice, type Draw, drawVariants, substitute } from './variants.js';

/** A lab with everything drawn and put in: what one attempt is about. */
export interface LabInstance {
  readonly lab: Lab;
  readonly seed: string;
  readonly draw: Draw;
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
}

const SETTLE_SECONDS_MAX = 180;
const HINT_PRICE = 1;

/** Draws a lab's variants and puts them in everywhere. */
export function instantiate(lab: Lab, options: InstanceOptions): LabInstance {
  const draw = { ...drawVariants(lab.content, options.dice), ...options.fixed };
  const answers = `/opt/course/${options.task ?? 1}`;
  const spec = substitute(lab.content.spec, draw, { answers });
  const chosen = <T extends { readonly when?: unknown }>(items: readonly T[] | undefined): T[] =>
    (items ?? []).filter(({ when }) => applies(when as never, draw));
  const checks = chosen(spec.checks);
  const hosts = { controlplane: 'controlplane', node01: 'node01', node02: 'node02', base: 'base', ...spec.world.hosts };
  const base = spec.host ?? 'controlplane';
  return {
    lab,
    seed: options.seed,
    draw,
    world: { ...spec.world, steps: [...(spec.world.steps ?? []), answersFolder(base, answers)] } as WorldSpec,
    timing: options.timing ?? 'brisk',
    host: (hosts as Record<string, string>)[base] ?? base,
    hosts,
    task: textOf(spec.task, draw),
    checks,
    hints: (spec.hints ?? [])
      .map((hint): Hint => (typeof hint === 'string' ? { text: hint } : hint))
      .filter(({ when }) => applies(when, draw))
      .map(({ text, price }) => ({ text, price: price ?? HINT_PRICE })),
    solution: chosen(spec.solution),
    alternatives: chosen(spec.alternatives),
    mistakes: chosen(spec.mistakes),
    explains: textOf(spec.explains, draw),
    reads: spec.reads ?? [],
    minutes: spec.minutes,
    settleSecondsMax: spec.settle_seconds_max ?? SETTLE_SECONDS_MAX,
    points: checks.reduce((sum, { points }) => sum + (points ?? 0), 0),
  };
}

/** The folder for answers is made by the world and belongs to the candidate. */
function answersFolder(host: string, path: string): unknown {
  return { run: { host, as: 'root', script: `mkdir -p ${path} && chown candidate: ${path}` } };
}

function textOf(text: string | readonly ConditionalText[], draw: Draw): string {
  if (typeof text === 'string') return text;
  return text
    .filter(({ when }) => applies(when, draw))
    .map((part) => part.text.trimEnd())
    .join('\n\n');
}
