import type { Plural } from './objects.js';

/** What the author of a journal knows to be there: what was asked for may have been refused, or be gone since. */
export class Story {
  readonly namespaces: string[] = ['default'];
  readonly workloads: { plural: Plural; namespace: string; name: string }[] = [];
  /** Budgets, quotas and pods, by their paths. */
  readonly others: string[] = [];
  /** What is broken. */
  readonly faults: string[] = [];
  private names = 0;

  /** A name that nobody has. */
  newName(stem: string): string {
    this.names += 1;
    return `${stem}${this.names}`;
  }
}
