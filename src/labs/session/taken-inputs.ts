import type { MachineInput } from '../../clusters/sim/sim-cluster.js';
import type { JournalEntry } from '../journal/entry.js';

/** Which inputs of a journal a machine has taken up, by their numbers there. */
export class TakenInputs {
  private latest = 0;
  private typed = 0;

  /** Those of a journal that was replayed. */
  takeUp(entries: readonly JournalEntry[]): void {
    this.latest = entries.length;
    this.typed = 1 + entries.findLastIndex((entry) => 'input' in entry && entry.input.kind === 'type');
  }

  /** The machine has answered an input. */
  took(number: number, { kind }: MachineInput): void {
    this.latest = Math.max(this.latest, number);
    if (kind === 'type') this.typed = Math.max(this.typed, number);
  }

  /**
   * The number of the last input that a machine can be made again with, which does not answer. Where it hangs while time
   * passes, the last key has set that off, though its echo was seen.
   */
  soundUntil(hangsInTime: boolean): number {
    return hangsInTime && this.typed > 0 ? this.typed - 1 : this.latest;
  }
}
