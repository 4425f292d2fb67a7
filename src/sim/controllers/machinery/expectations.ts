import { MINUTE, type Micros } from '../../kernel/time.js';

/** How long writes may take to show up in the cache before they are no longer waited for. */
const EXPECTATIONS_TIMEOUT: Micros = 5 * MINUTE;

interface Expected {
  creations: number;
  /** Keys of the objects whose deletion was asked for. */
  readonly deletions: Set<string>;
  readonly since: Micros;
}

/**
 * What a controller has written and not yet seen back through its watch. While something is missing, counting what the
 * cache holds would lead to writing it again.
 */
export class Expectations {
  private readonly expected = new Map<string, Expected>();

  constructor(private readonly now: () => Micros) {}

  /** Starts waiting for creations and deletions; replaces what was waited for before. */
  expect(owner: string, creations: number, deletions: readonly string[]): void {
    this.expected.set(owner, { creations, deletions: new Set(deletions), since: this.now() });
  }

  creationObserved(owner: string, count = 1): void {
    const expected = this.expected.get(owner);
    if (expected) expected.creations -= count;
  }

  deletionObserved(owner: string, key: string): void {
    this.expected.get(owner)?.deletions.delete(key);
  }

  /** Whether everything was seen, or has taken too long. */
  satisfied(owner: string): boolean {
    const expected = this.expected.get(owner);
    if (!expected) return true;
    if (expected.creations <= 0 && expected.deletions.size === 0) return true;
    return this.now() > expected.since + EXPECTATIONS_TIMEOUT;
  }

  forget(owner: string): void {
    this.expected.delete(owner);
  }
}
