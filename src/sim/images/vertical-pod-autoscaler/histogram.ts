/** Samples by size, newer ones counting more (vertical-pod-autoscaler's pkg/recommender/util). */
import { formatTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { HistogramCheckpoint } from './types.js';

/** How samples are sorted: bucket n begins where those before it end, and each is wider than the last by `ratio`. */
export interface Buckets {
  readonly count: number;
  readonly firstSize: number;
  readonly ratio: number;
}

/** A bucket that weighs less is empty. */
const EPSILON = 0.0001;
/** When weights have doubled so often they are taken back to where they began. */
const DOUBLINGS_MAX = 100;
/** What the heaviest bucket weighs in a checkpoint. */
const CHECKPOINT_WEIGHT_MAX = 10_000;
/** From year 1, at which Go's time begins, to the epoch; a whole number of every usual half-life. */
const ZERO_TIME = 62_135_596_800_000_000n;

/** Buckets from zero to `largest`. */
function exponentialBuckets(largest: number, firstSize: number, ratio: number): Buckets {
  return { count: Math.ceil(log(ratio, (largest * (ratio - 1)) / firstSize + 1)) + 1, firstSize, ratio };
}

/** Of CPU in cores. */
export const CPU_BUCKETS = exponentialBuckets(1000, 0.01, 1.05);
/** Of memory in bytes. */
export const MEMORY_BUCKETS = exponentialBuckets(1e12, 1e7, 1.05);

function bucketOf({ count, firstSize, ratio }: Buckets, value: number): number {
  if (value < firstSize) return 0;
  return Math.min(count - 1, Math.trunc(log(ratio, (value * (ratio - 1)) / firstSize + 1)));
}

function startOf({ firstSize, ratio }: Buckets, bucket: number): number {
  return bucket === 0 ? 0 : (firstSize * (ratio ** bucket - 1)) / (ratio - 1);
}

/** A histogram in which a sample loses half of its weight in each half-life. */
export class DecayingHistogram {
  private readonly weights: number[];
  private total = 0;
  private first: number;
  private last = 0;
  /** Samples of this instant weigh what they are said to; a whole number of half-lives since year 1. */
  private reference: Micros | undefined;

  constructor(
    private readonly buckets: Buckets,
    private readonly halfLife: Micros,
  ) {
    this.weights = new Array<number>(buckets.count).fill(0);
    this.first = buckets.count - 1;
  }

  add(value: number, weight: number, at: Micros): void {
    const bucket = bucketOf(this.buckets, value);
    const counted = weight * this.factor(at);
    const now = this.weightOf(bucket) + counted;
    this.weights[bucket] = now;
    this.total += counted;
    if (now < EPSILON) return;
    this.first = Math.min(this.first, bucket);
    this.last = Math.max(this.last, bucket);
  }

  subtract(value: number, weight: number, at: Micros): void {
    const bucket = bucketOf(this.buckets, value);
    const counted = weight * this.factor(at);
    this.total = less(this.total, counted);
    this.weights[bucket] = less(this.weightOf(bucket), counted);
    this.narrow();
  }

  /** The end of the bucket below which so much of the weight lies; 0 where there is none. */
  percentile(part: number): number {
    if (this.isEmpty) return 0;
    const threshold = part * this.total;
    let sum = 0;
    let bucket = this.first;
    for (; bucket < this.last; bucket += 1) {
      sum += this.weightOf(bucket);
      if (sum >= threshold) break;
    }
    return startOf(this.buckets, Math.min(bucket + 1, this.buckets.count - 1));
  }

  get isEmpty(): boolean {
    return this.weightOf(this.first) < EPSILON;
  }

  /** Takes another one's samples in, which has the same buckets and half-life. */
  merge(other: DecayingHistogram): void {
    const reference = latest(this.reference, other.reference);
    if (reference === undefined) return;
    this.shift(reference);
    other.shift(reference);
    for (let bucket = other.first; bucket <= other.last; bucket += 1)
      this.weights[bucket] = this.weightOf(bucket) + other.weightOf(bucket);
    this.total += other.total;
    this.first = Math.min(this.first, other.first);
    this.last = Math.max(this.last, other.last);
  }

  toCheckpoint(): HistogramCheckpoint {
    const most = Math.max(0, ...this.weights.slice(this.first, this.last + 1));
    const bucketWeights: Record<string, number> = {};
    for (let bucket = this.first; bucket <= this.last && most > 0; bucket += 1) {
      const weight = Math.floor((this.weightOf(bucket) * CHECKPOINT_WEIGHT_MAX) / most + 0.5);
      if (weight > 0) bucketWeights[bucket] = weight;
    }
    return {
      referenceTimestamp: this.reference === undefined ? null : formatTime(this.reference),
      ...(Object.keys(bucketWeights).length > 0 ? { bucketWeights } : {}),
      ...(this.total > 0 ? { totalWeight: this.total } : {}),
    };
  }

  /** Takes what a checkpoint says of an empty histogram. `reference` is its instant. */
  load({ bucketWeights = {}, totalWeight = 0 }: HistogramCheckpoint, reference: Micros | undefined): void {
    this.reference = reference;
    const entries = Object.entries(bucketWeights);
    const sum = entries.reduce((all, [, weight]) => all + weight, 0);
    if (sum === 0) return;
    for (const [name, weight] of entries) {
      const bucket = Number(name);
      if (bucket >= this.buckets.count) continue;
      this.weights[bucket] = this.weightOf(bucket) + (weight * totalWeight) / sum;
      this.first = Math.min(this.first, bucket);
      this.last = Math.max(this.last, bucket);
    }
    this.total += totalWeight;
    this.narrow();
  }

  private weightOf(bucket: number): number {
    return this.weights[bucket] ?? 0;
  }

  private factor(at: Micros): number {
    if (this.reference === undefined || at > this.reference + this.halfLife * DOUBLINGS_MAX) this.shift(at);
    return 2 ** ((at - (this.reference as Micros)) / this.halfLife);
  }

  private shift(at: Micros): void {
    const reference = rounded(at, this.halfLife);
    if (this.reference !== undefined && this.reference !== reference) {
      const factor = 2 ** Math.floor((this.reference - reference) / this.halfLife + 0.5);
      for (let bucket = this.first; bucket <= this.last; bucket += 1)
        this.weights[bucket] = this.weightOf(bucket) * factor;
      this.total *= factor;
      this.narrow();
    }
    this.reference = reference;
  }

  /** Empty buckets at both ends do not count. */
  private narrow(): void {
    while (this.weightOf(this.first) < EPSILON && this.first < this.buckets.count - 1) this.first += 1;
    while (this.weightOf(this.last) < EPSILON && this.last > 0) this.last -= 1;
  }
}

function less(value: number, by: number): number {
  return value - by < EPSILON ? 0 : value - by;
}

function latest(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  if (one === undefined) return other;
  return other === undefined ? one : Math.max(one, other);
}

/** Go's Time.Round: the nearest multiple since year 1, the later one of two that are as near. */
function rounded(at: Micros, span: Micros): Micros {
  const past = Number((BigInt(at) + ZERO_TIME) % BigInt(span));
  return past * 2 < span ? at - past : at - past + span;
}

function log(base: number, value: number): number {
  return Math.log(value) / Math.log(base);
}
