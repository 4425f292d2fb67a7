/** How much longer than usual an answer may be waited for by a program that gets next to none of its computer. */
const STARVED_TIMES = 10;

/** Milliseconds that went by, and that this program was at work in all its threads; from whatever beginning. */
interface Times {
  wall(): number;
  worked(): number;
}

const real: Times = {
  wall: () => performance.now(),
  worked: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * How long nothing has been heard. A machine that is stuck keeps the processor busy; where others keep it busy, or
 * the computer was asleep, the machine could not answer and is not to blame.
 */
export class Silence {
  private wall = 0;
  private worked = 0;
  private readonly times: Times;

  constructor(times: Times = real) {
    this.times = times;
    this.broken();
  }

  /** Something was heard, or from now on something is waited for. */
  broken(): void {
    this.wall = this.times.wall();
    this.worked = this.times.worked();
  }

  milliseconds(): number {
    const wall = this.times.wall() - this.wall;
    return Math.min(wall, Math.max(this.times.worked() - this.worked, wall / STARVED_TIMES));
  }
}
