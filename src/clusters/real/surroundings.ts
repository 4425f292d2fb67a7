/** What of the person's computer the sources of real clusters need to know. */
export interface Surroundings {
  /** The environment of this program. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** An absolute path: where kubedrill keeps what it must still know when it starts again. */
  readonly home: string;
  /** Where a simulated workstation runs: a thread of its own when left out. */
  readonly thread?: 'worker' | 'same';
}
