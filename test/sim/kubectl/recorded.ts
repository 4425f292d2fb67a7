import { readFileSync } from 'node:fs';

/** What kubectl answered to one case, as scripts/record-kubectl.mjs put it down. */
export interface Recorded {
  readonly text: string;
  readonly value: unknown;
  readonly output: string;
  readonly spec: unknown;
  readonly error?: string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Table {
  /** Program and version that were asked. */
  readonly program: string;
  readonly cases: readonly Recorded[];
}

/** Reads a recorded table that lies beside a test: `loadTable(import.meta.url, 'read.json')`. */
export function loadTable(from: string, name: string): Table {
  return JSON.parse(readFileSync(new URL(name, from), 'utf8')) as Table;
}

/** The object the recorder sent and got back, with the value under test as its spec. */
export function sentObject(value: unknown): Record<string, unknown> {
  return {
    apiVersion: 'example.com/v1',
    kind: 'Example',
    metadata: { labels: { seen: 'yes' }, name: 'x' },
    spec: value,
  };
}
