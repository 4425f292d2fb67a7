import { isDeepStrictEqual } from 'node:util';
import { SEQUENCES } from './by-hand/register.js';
import { requestsOf } from './by-hand/sequence.js';
import { withoutExcused } from './excused.js';
import { ask, ourServer, playOurs } from './our-server.js';
import { tableRequests } from './reading.js';
import { type Recorded, type Recording, readRecording, shortened } from './recording.js';
import { changedRequests, createRequests, type ReferenceRequest, storedObjects, wrongRequests } from './requests.js';
import { SEEDS } from './seed.js';

/** One request, what the real server said and what ours says. */
export interface Comparison {
  readonly request: ReferenceRequest;
  readonly real: Recorded;
  readonly ours: Recorded;
  readonly equal: boolean;
  /** Equal but for what `excused.ts` names. */
  readonly excused: boolean;
}

/** Asks our server everything that was asked of the real one, in the same order. */
export function compareAll(seeds = SEEDS): Comparison[] {
  const server = ourServer();
  const asked = (request: ReferenceRequest): Recorded => ({ id: request.id, ...ask(server, request) });
  const bases = createRequests().map(asked);
  const wrong = wrongRequests(seeds).map(asked);
  const played = SEQUENCES.flatMap((sequence) => playOurs(server, sequence));
  const stored = storedObjects().map((valid): Recorded => {
    const id = `update ${valid.id}`;
    return asked({ id, kind: valid.object.kind, method: 'POST', target: valid.collection, body: valid.object });
  });
  const tables = tableRequests().map(asked);
  const changed = changedRequests(seeds).map(asked);
  return [
    ...pair(readRecording('creates', seeds), createRequests(), bases),
    ...pair(readRecording('wrong', seeds), wrongRequests(seeds), shortened(wrong, byId(bases))),
    ...pair(readRecording('by-hand'), SEQUENCES.flatMap(requestsOf), played),
    ...pair(readRecording('tables', seeds), tableRequests(), tables),
    ...pair(readRecording('changed', seeds), changedRequests(seeds), shortened(changed, byId(stored))),
  ];
}

function pair({ answers }: Recording, requests: readonly ReferenceRequest[], ours: readonly Recorded[]): Comparison[] {
  return requests.map((request, index) => {
    const recorded = answers.get(request.id);
    if (recorded === undefined) throw new Error(`${request.id} is not recorded: npm run reference`);
    const real = inOrder(recorded);
    const mine = inOrder(JSON.parse(JSON.stringify(ours[index])) as Recorded);
    const same = isDeepStrictEqual(real, mine);
    const excused = !same && isDeepStrictEqual(withoutExcused(real), withoutExcused(mine));
    return { request, real, ours: mine, equal: same || excused, excused };
  });
}

/** Differences come in the order of an answer's fields, which says nothing. */
function inOrder(answer: Recorded): Recorded {
  if (!answer.differs) return answer;
  return { ...answer, differs: [...answer.differs].sort(([a], [b]) => (a < b ? -1 : 1)) };
}

function byId(answers: readonly Recorded[]): ReadonlyMap<string, Recorded> {
  return new Map(answers.map((answer) => [answer.id, answer]));
}

/** How many of each kind agree: `[kind, equal, all]`, the worst first. */
export function shares(comparisons: readonly Comparison[]): (readonly [kind: string, equal: number, all: number])[] {
  const kinds = new Map<string, [number, number]>();
  for (const { request, equal } of comparisons) {
    const counts = kinds.get(request.kind) ?? [0, 0];
    counts[0] += equal ? 1 : 0;
    counts[1] += 1;
    kinds.set(request.kind, counts);
  }
  return [...kinds]
    .map(([kind, [equal, all]]) => [kind, equal, all] as const)
    .sort((a, b) => a[1] / a[2] - b[1] / b[2]);
}
