/** What a running program takes before it was given anything to do: memory in KiB, CPU time in thousandths of a core. */
export interface Footprint {
  /** Its own, which its control group is charged: heap, stack, and what only it has mapped. */
  readonly own: number;
  /** In memory with it, its own part included (VmRSS). */
  readonly resident: number;
  /** All that it has mapped (VmSize). */
  readonly size: number;
  /** What its own upkeep takes of a CPU: timers, collecting garbage, looking after itself. */
  readonly upkeep?: number;
}

/** A small program of C with its library. */
export const SMALL_FOOTPRINT: Footprint = { own: 640, resident: 1920, size: 5684 };

/** What a child has for itself before it writes to what it shares with its parent (copy on write). */
export const COPIED_KIB = 640;
