/** From what containers used to what they should ask for (pkg/recommender/logic). */
import { formatQuantity, milliQuantityOf, quantityOf } from '../../api/quantity.js';
import { HOUR, MINUTE, type Micros } from '../../kernel/time.js';
import type { Aggregate } from './aggregate.js';
import type { Amounts, ContainerRecommendation } from './types.js';

/** The recommender's flags about amounts. */
export interface EstimateSettings {
  /** Added to what was used, as a part of it. */
  readonly margin: number;
  /** What a whole pod gets at least, shared by its containers. */
  readonly podMinMillicores: number;
  readonly podMinMebibytes: number;
  readonly cpu: Percentiles;
  readonly memory: Percentiles;
  readonly roundMillicores: number;
  readonly roundBytes: number;
}

interface Percentiles {
  readonly target: number;
  readonly lower: number;
  readonly upper: number;
  /** As much history as is taken to be enough. */
  readonly confidence: Micros;
}

const USUAL: Percentiles = { target: 0.9, lower: 0.5, upper: 0.95, confidence: 24 * HOUR };

export const ESTIMATE_DEFAULTS: EstimateSettings = {
  ...{ margin: 0.15, podMinMillicores: 25, podMinMebibytes: 250, roundMillicores: 1, roundBytes: 1 },
  cpu: USUAL,
  memory: USUAL,
};

const MEBIBYTE = 1_048_576;
const INT64_MAX = '9223372036854775807';
const DEFAULT_RESOURCES: readonly string[] = ['cpu', 'memory'];

/** A container's history, and which of its resources are asked about. */
export interface Estimated {
  readonly history: Aggregate;
  readonly resources?: readonly string[] | undefined;
}

/** What each container should get, by names in order; nothing is capped yet. */
export function recommend(
  settings: EstimateSettings,
  containers: ReadonlyMap<string, Estimated>,
): ContainerRecommendation[] {
  const least = {
    cpu: whole(whole(settings.podMinMillicores * 0.001 * 1000) / containers.size),
    memory: whole(whole(settings.podMinMebibytes * MEBIBYTE) / containers.size),
  };
  return [...containers]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([containerName, { history, resources = DEFAULT_RESOURCES }]) => {
      const amounts = (kind: 'target' | 'lower' | 'upper'): Amounts => {
        const cpu = Math.max(estimate(settings, history, 'cpu', kind), least.cpu);
        const memory = Math.max(estimate(settings, history, 'memory', kind), least.memory);
        const all: Amounts = {
          cpu: amountText(roundUp(cpu, settings.roundMillicores), 'm'),
          memory: amountText(roundUp(memory, settings.roundBytes), ''),
        };
        return Object.fromEntries(Object.entries(all).filter(([name]) => resources.includes(name)));
      };
      const target = amounts('target');
      return {
        containerName,
        lowerBound: amounts('lower'),
        target,
        uncappedTarget: target,
        upperBound: amounts('upper'),
      };
    });
}

/** Thousandths of a core, or bytes; Infinity when there is too little history for an upper bound. */
function estimate(
  settings: EstimateSettings,
  history: Aggregate,
  resource: 'cpu' | 'memory',
  kind: 'target' | 'lower' | 'upper',
): number {
  const percentiles = settings[resource];
  const histogram = history[resource];
  const used = whole(histogram.percentile(percentiles[kind]) * (resource === 'cpu' ? 1000 : 1));
  const base = used + whole(used * settings.margin);
  if (kind === 'target') return base;
  const confidence = confidenceIn(history, percentiles.confidence);
  // The bounds draw together as history grows: they say when a pod is worth to be put out.
  return whole(kind === 'upper' ? base * (1 + 1 / confidence) : base * (1 + 0.001 / confidence) ** -2);
}

/** Days of history where there is one sample a minute; less where there are fewer. */
function confidenceIn({ firstSample = 0, lastSample = 0, samples }: Aggregate, interval: Micros): number {
  return Math.min((lastSample - firstSample) / interval, samples / (interval / MINUTE));
}

/** As Go makes an amount of a number: what is behind the point goes, nothing is below zero. */
function whole(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(0, Math.trunc(value));
}

function roundUp(amount: number, step: number): number {
  return step <= 1 || !Number.isFinite(amount) ? amount : Math.ceil(amount / step) * step;
}

/** As a quantity of the decimal kind, such as 262144k. */
function amountText(amount: number, unit: 'm' | ''): string {
  if (amount >= Number(INT64_MAX)) return `${INT64_MAX}${unit}`;
  return formatQuantity(unit === 'm' ? milliQuantityOf(amount) : quantityOf(amount));
}
