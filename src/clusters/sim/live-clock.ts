import type { MachineInput, SimCluster } from './sim-cluster.js';

/** How often the machine is told to move on, in real milliseconds. */
const TICK_MILLISECONDS = 25;
/** How often after an input that somebody outside waits for the answer of, and how many times. */
const HURRIED_TICK_MILLISECONDS = 2;
const HURRIED_TICKS = 10;
/** How often a machine is told that nobody looks at. */
const BEHIND_TICK_MILLISECONDS = 1000;
/** The most that passes at once: a machine that cannot keep up lets its clock lag, and keys are still answered. */
const STEP_MAX_MICROS = 50_000;

/** How closely a machine follows: at once while somebody sits before it, or now and then. */
export type Pace = 'front' | 'behind';

export interface LiveClockOptions {
  /** Told of each input before it is sent. */
  readonly before?: (instant: number, input: MachineInput) => void;
  /** An instant that is never passed, and caught up with: the wall clock in microseconds. */
  readonly wall?: (() => number) | undefined;
  /** The most that passes at once, in microseconds. */
  readonly stepMax?: number;
}

/**
 * Lets a machine's time follow the wall clock: while a person works a second is a second. Inputs take effect at the last
 * instant the machine was told to reach.
 */
export class LiveClock {
  /** The instant everything sent so far leads to; microseconds. */
  target: number;
  private readonly cluster: SimCluster;
  private readonly before: (instant: number, input: MachineInput) => void;
  private readonly wall: (() => number) | undefined;
  private readonly stepMax: number;
  private timer: NodeJS.Timeout | undefined;
  private hurriedTimer: NodeJS.Timeout | undefined;
  private hurriedTicks = 0;
  private last = 0;
  private busy = false;

  constructor(cluster: SimCluster, { before = () => {}, wall, stepMax = STEP_MAX_MICROS }: LiveClockOptions = {}) {
    this.cluster = cluster;
    this.target = cluster.reached;
    this.before = before;
    this.wall = wall;
    this.stepMax = stepMax;
  }

  /** `behind`: nobody looks, so that now and then is enough. */
  start(pace: Pace = 'front'): void {
    this.stop();
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), pace === 'front' ? TICK_MILLISECONDS : BEHIND_TICK_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.hurriedTimer);
    this.timer = undefined;
    this.hurriedTimer = undefined;
    this.hurriedTicks = 0;
  }

  /** Takes the target to where it should be by now, however far that is; returns it. */
  catchUp(): number {
    if (this.wall) this.target = Math.max(this.target, Math.round(this.wall()));
    return this.target;
  }

  input(input: MachineInput): void {
    this.before(this.target, input);
    this.cluster.input(this.target, input).catch(() => {});
    if (this.wall && this.timer) this.hurry();
  }

  /** A request takes a virtual millisecond or two: its client is not kept waiting for the next tick to let them pass. */
  private hurry(): void {
    this.hurriedTicks = HURRIED_TICKS;
    this.tick();
    this.hurriedTimer ??= setTimeout(() => this.tickHurried(), HURRIED_TICK_MILLISECONDS);
  }

  private tickHurried(): void {
    this.hurriedTicks -= 1;
    this.hurriedTimer =
      this.hurriedTicks > 0 ? setTimeout(() => this.tickHurried(), HURRIED_TICK_MILLISECONDS) : undefined;
    this.tick();
  }

  private tick(): void {
    if (this.busy) return;
    const now = performance.now();
    const due = this.wall ? this.wall() - this.target : (now - this.last) * 1000;
    const span = Math.min(this.stepMax, Math.round(due));
    this.last = now;
    if (span <= 0) return;
    this.target += span;
    this.busy = true;
    this.cluster.advanceTo(this.target).then(
      () => {
        this.busy = false;
        // Far behind a clock of others it does not wait for the next tick.
        if (this.timer && span < due - 1 && this.wall) this.tick();
      },
      () => this.stop(),
    );
  }
}
