import type { MachineInput, SimCluster } from '../../clusters/sim/sim-cluster.js';

/** How often the machine is told to move on, in real milliseconds. */
const TICK_MILLISECONDS = 25;
/** The most that passes at once: a machine that cannot keep up lets its clock lag, and keys are still answered. */
const STEP_MAX_MICROS = 50_000;

/**
 * Lets a machine's time follow the wall clock: while a person works a second is a second. Inputs take effect at the last
 * instant the machine was told to reach.
 */
export class LiveClock {
  /** The instant everything sent so far leads to; microseconds. */
  target: number;
  private readonly cluster: SimCluster;
  private readonly before: (instant: number, input: MachineInput) => void;
  private timer: NodeJS.Timeout | undefined;
  private last = 0;
  private busy = false;

  /** `before` is told of each input before it is sent. */
  constructor(cluster: SimCluster, before: (instant: number, input: MachineInput) => void = () => {}) {
    this.cluster = cluster;
    this.target = cluster.reached;
    this.before = before;
  }

  start(): void {
    this.last = performance.now();
    this.timer = setInterval(() => this.tick(), TICK_MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  input(input: MachineInput): void {
    this.before(this.target, input);
    this.cluster.input(this.target, input).catch(() => {});
  }

  private tick(): void {
    if (this.busy) return;
    const now = performance.now();
    const span = Math.min(STEP_MAX_MICROS, Math.round((now - this.last) * 1000));
    this.last = now;
    if (span <= 0) return;
    this.target += span;
    this.busy = true;
    this.cluster.advanceTo(this.target).then(
      () => {
        this.busy = false;
      },
      () => this.stop(),
    );
  }
}
