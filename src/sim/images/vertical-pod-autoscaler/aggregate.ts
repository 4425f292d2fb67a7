/** What is remembered of containers: of all alike together, and of each one (pkg/recommender/model). */
import { formatTime, parseTime } from '../../api/time.js';
import { HOUR, type Micros } from '../../kernel/time.js';
import { CPU_BUCKETS, DecayingHistogram, MEMORY_BUCKETS } from './histogram.js';
import type { Checkpoint } from './types.js';

/** How samples are put together (the recommender's flags). */
export interface AggregationSettings {
  /** Of memory the peak in each such span counts. */
  readonly memoryInterval: Micros;
  readonly memoryIntervals: number;
  readonly memoryHalfLife: Micros;
  readonly cpuHalfLife: Micros;
  /** What a container that was killed for want of memory is taken to need: so much more, and at least so many bytes. */
  readonly oomRatio: number;
  readonly oomBytes: number;
}

export const AGGREGATION_DEFAULTS: AggregationSettings = {
  memoryInterval: 24 * HOUR,
  memoryIntervals: 8,
  memoryHalfLife: 24 * HOUR,
  cpuHalfLife: 24 * HOUR,
  oomRatio: 1.2,
  oomBytes: 100 * 1_048_576,
};

/** What each sample of CPU weighs. */
const CPU_WEIGHT = 0.1;
const CHECKPOINT_VERSION = 'v3';

/** What containers of one name in pods of the same labels used. */
export class Aggregate {
  readonly cpu: DecayingHistogram;
  readonly memory: DecayingHistogram;
  firstSample: Micros | undefined;
  lastSample: Micros | undefined;
  samples = 0;

  constructor(private readonly settings: AggregationSettings) {
    this.cpu = new DecayingHistogram(CPU_BUCKETS, settings.cpuHalfLife);
    this.memory = new DecayingHistogram(MEMORY_BUCKETS, settings.memoryHalfLife);
  }

  addCpu(cores: number, at: Micros): void {
    this.cpu.add(cores, CPU_WEIGHT, at);
    this.lastSample = Math.max(this.lastSample ?? at, at);
    this.firstSample = Math.min(this.firstSample ?? at, at);
    this.samples += 1;
  }

  merge(other: Aggregate): void {
    this.cpu.merge(other.cpu);
    this.memory.merge(other.memory);
    this.firstSample = smaller(this.firstSample, other.firstSample);
    this.lastSample = larger(this.lastSample, other.lastSample);
    this.samples += other.samples;
  }

  /** Whether nothing was heard of them for as long as memory counts. `since` is when it was made. */
  isExpired(now: Micros, since: Micros): boolean {
    const { memoryInterval, memoryIntervals } = this.settings;
    return now - (this.lastSample ?? since) >= memoryInterval * memoryIntervals;
  }

  toCheckpoint(now: Micros): NonNullable<Checkpoint['status']> {
    const time = (at: Micros | undefined) => (at === undefined ? null : formatTime(at));
    return {
      cpuHistogram: this.cpu.toCheckpoint(),
      firstSampleStart: time(this.firstSample),
      lastSampleStart: time(this.lastSample),
      lastUpdateTime: formatTime(now),
      memoryHistogram: this.memory.toCheckpoint(),
      ...(this.samples > 0 ? { totalSamplesCount: this.samples } : {}),
      version: CHECKPOINT_VERSION,
    };
  }

  /** Takes what a checkpoint says. Returns why it cannot be read, or nothing. */
  load(status: NonNullable<Checkpoint['status']>): string | undefined {
    if (status.version !== CHECKPOINT_VERSION) return `unsupported checkpoint version ${status.version ?? ''}`;
    this.samples = status.totalSamplesCount ?? 0;
    this.firstSample = instant(status.firstSampleStart);
    this.lastSample = instant(status.lastSampleStart);
    const { cpuHistogram = {}, memoryHistogram = {} } = status;
    this.memory.load(memoryHistogram, instant(memoryHistogram.referenceTimestamp));
    this.cpu.load(cpuHistogram, instant(cpuHistogram.referenceTimestamp));
    return undefined;
  }
}

function instant(text: string | null | undefined): Micros | undefined {
  return text ? parseTime(text) : undefined;
}

function smaller(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  return one === undefined ? other : other === undefined ? one : Math.min(one, other);
}

function larger(one: Micros | undefined, other: Micros | undefined): Micros | undefined {
  return one === undefined ? other : other === undefined ? one : Math.max(one, other);
}

/** One container that runs: which samples of it were taken, and the peak of its memory in the span that it is in. */
export class ContainerSamples {
  private lastCpu: Micros | undefined;
  private lastMemory: Micros | undefined;
  private windowEnd: Micros | undefined;
  private memoryPeak = 0;
  private oomPeak = 0;

  constructor(private readonly settings: AggregationSettings) {}

  /** False for a sample that is known already. */
  addCpu(into: Aggregate, cores: number, at: Micros): boolean {
    if (this.lastCpu !== undefined && at <= this.lastCpu) return false;
    this.lastCpu = at;
    into.addCpu(cores, at);
    return true;
  }

  /** A sample counts when it is a new peak of its span; that before it in the same span does not any more. */
  addMemory(into: Aggregate, bytes: number, at: Micros, isOom = false): boolean {
    if (!isOom && this.lastMemory !== undefined && at < this.lastMemory) return false;
    this.lastMemory = at;
    this.windowEnd ??= at;
    const most = this.peak;
    if (at < this.windowEnd) {
      if (most === 0 || bytes <= most) return true;
      into.memory.subtract(most, 1, this.windowEnd);
    } else {
      const { memoryInterval } = this.settings;
      const past = at - this.windowEnd;
      this.windowEnd += past - (past % memoryInterval) + memoryInterval;
      this.memoryPeak = 0;
      this.oomPeak = 0;
    }
    into.memory.add(bytes, 1, this.windowEnd);
    if (isOom) this.oomPeak = bytes;
    else this.memoryPeak = bytes;
    return true;
  }

  /** The container was killed for want of memory. Returns why that does not count, or nothing. `asked` in bytes. */
  addOom(into: Aggregate, asked: number, at: Micros, took: (bytes: number) => void): string | undefined {
    const { memoryInterval, oomBytes, oomRatio } = this.settings;
    if (this.lastMemory !== undefined && at < this.lastMemory - memoryInterval)
      return `OOM event will be discarded - it is too old (${formatTime(at)})`;
    const used = Math.max(asked, this.memoryPeak);
    const needed = Math.max(used + oomBytes, Math.trunc(used * oomRatio));
    if (!this.addMemory(into, needed, at, true)) return 'adding OOM sample failed';
    took(needed);
    return undefined;
  }

  /** Takes the peak of a span that is not over out of what is to be kept. */
  subtractCurrentPeak(from: Aggregate, now: Micros): void {
    if (this.windowEnd !== undefined && now < this.windowEnd) from.memory.subtract(this.peak, 1, this.windowEnd);
  }

  private get peak(): number {
    return Math.max(this.memoryPeak, this.oomPeak);
  }
}
