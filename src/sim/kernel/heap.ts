import type { Micros } from './time.js';

/** Something that will happen at an instant. Cancelling it is cheap: it is skipped when its time comes. */
export interface Timer {
  readonly at: Micros;
  cancelled: boolean;
}

interface Entry extends Timer {
  at: Micros;
  /** Keeps its instant whatever is put off. */
  readonly kept: boolean;
  readonly sequence: number;
  readonly run: () => void;
}

/** Future events, earliest first; events of one instant in the order they were added. */
export class EventHeap {
  private readonly entries: Entry[] = [];
  private sequence = 0;

  /** Adds an event; one that is `kept` is never put off. */
  add(at: Micros, run: () => void, kept = false): Timer {
    this.sequence += 1;
    const entry: Entry = { at, sequence: this.sequence, run, cancelled: false, kept };
    this.entries.push(entry);
    this.rise(this.entries.length - 1);
    return entry;
  }

  /** The instant of the next event, or undefined when nothing will ever happen by itself. */
  nextAt(): Micros | undefined {
    while (this.entries[0]?.cancelled) this.removeFirst();
    return this.entries[0]?.at;
  }

  /** Takes the next event out; call only after `nextAt` gave an instant. */
  take(): { at: Micros; run: () => void } {
    return this.removeFirst();
  }

  /** The first of the events that keep their instants, or undefined. Looks at all there are. */
  nextKept(): Micros | undefined {
    let next: Micros | undefined;
    for (const { at, kept, cancelled } of this.entries)
      if (kept && !cancelled && (next === undefined || at < next)) next = at;
    return next;
  }

  /** Puts every event off by a span but those that are kept; the order of the others stays. */
  postponeAll(span: Micros): void {
    for (const entry of this.entries) if (!entry.kept) entry.at += span;
    // In order, they are a heap.
    this.entries.sort((one, other) => (before(one, other) ? -1 : 1));
  }

  private removeFirst(): Entry {
    const first = this.entries[0] as Entry;
    const last = this.entries.pop() as Entry;
    if (this.entries.length > 0) {
      this.entries[0] = last;
      this.sink(0);
    }
    return first;
  }

  private rise(from: number): void {
    const { entries } = this;
    const entry = entries[from] as Entry;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = entries[above] as Entry;
      if (!before(entry, other)) break;
      entries[at] = other;
      at = above;
    }
    entries[at] = entry;
  }

  private sink(from: number): void {
    const { entries } = this;
    const entry = entries[from] as Entry;
    let at = from;
    for (;;) {
      let below = at * 2 + 1;
      if (below >= entries.length) break;
      const right = entries[below + 1];
      if (right && before(right, entries[below] as Entry)) below += 1;
      const other = entries[below] as Entry;
      if (!before(other, entry)) break;
      entries[at] = other;
      at = below;
    }
    entries[at] = entry;
  }
}

function before(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.sequence < other.sequence);
}
