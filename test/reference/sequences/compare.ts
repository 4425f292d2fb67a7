/** Our answers to sequences beside the real ones. */
import { isDeepStrictEqual } from 'node:util';
import type { TestServer } from '../../sim/apiserver/harness.js';
import type { Sequence } from '../by-hand/sequence.js';
import { playOurs } from '../our-server.js';
import { type Chapter, type Recorded, readRecording } from '../recording.js';

/** One request, what the real server said and what ours says. */
export interface Comparison {
  readonly id: string;
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
}

/** Asks a server of ours everything that was asked of the real one. Throws when something of it was not recorded. */
export function compareSequences(server: TestServer, chapter: Chapter, sequences: readonly Sequence[]): Comparison[] {
  const { answers } = readRecording(chapter);
  return sequences.flatMap((sequence) =>
    playOurs(server, sequence).map(({ id, ...answer }) => {
      const recorded = answers.get(id);
      if (recorded === undefined) throw new Error(`${id} is not recorded in ${chapter}`);
      const real = inOneOrder(recorded);
      const ours = inOneOrder(JSON.parse(JSON.stringify({ id, ...answer })) as Recorded);
      return { id, real, ours, equal: isDeepStrictEqual(real, ours) };
    }),
  );
}

interface Refusal {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly object[] };
}

/** Go's validator goes through maps in no order: of a refusal for several reasons the reasons are compared, sorted. */
function inOneOrder(given: Recorded): Recorded {
  const answer = { ...given, body: sorted(given.body) };
  const { message, details } = (answer.body ?? {}) as Refusal;
  const causes = details?.causes ?? [];
  if (causes.length < 2 || message === undefined) return answer;
  const ordered = [...causes].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const body = {
    ...(answer.body as object),
    message: message.replace(/\[[\s\S]*$/, '[…'),
    details: { ...details, causes: ordered },
  };
  return { ...answer, body };
}

/** Managers are sorted by time, kinds of a version are listed as a map of Go's gives them: both sorted by name here. */
function sorted(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return value.replace(/(resourceVersion: ")\d+/, '$1VERSION');
  if (Array.isArray(value)) {
    const items = value.map((one) => sorted(one));
    return key === 'managedFields' || key === 'resources' ? items.sort(byText) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, sorted(inner, name)]));
}

function byText(a: unknown, b: unknown): number {
  const [one, other] = [a, b].map((item) =>
    JSON.stringify(item, ['manager', 'operation', 'subresource', 'apiVersion', 'name']),
  );
  return (one as string) < (other as string) ? -1 : 1;
}
