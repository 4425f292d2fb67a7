import { differences } from '../masked.js';
import type { Recorded } from '../recording.js';
import type { ReferenceRequest } from '../requests.js';
import { SEEDS } from '../seed.js';
import { sequenceMask } from './masked-apply.js';
import { randomSequences } from './random.js';
import { sequences } from './sequences.js';
import { NAMESPACE, requestOf, type Sequence } from './step.js';

/** What a server answered, before anything is masked. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly warnings: string;
}

/** One request of a sequence, ready to be sent. */
export interface Asked {
  readonly sequence: Sequence;
  readonly request: ReferenceRequest & { readonly text: string };
  /** Whether it is the first of its sequence. */
  readonly first: boolean;
}

/** Every request of every sequence, those drawn by the seed after those that are written down. */
export function allAsked(seeds = SEEDS): Asked[] {
  return [...sequences(), ...randomSequences(seeds)].flatMap((sequence, index) =>
    sequence.steps.map((step, at) => ({ sequence, request: requestOf(sequence, index, step, at), first: at === 0 })),
  );
}

/** What has to be there first. */
export const APPLY_SET_UP: readonly { readonly collection: string; readonly object: object }[] = [
  { collection: '/api/v1/namespaces', object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } } },
  {
    collection: `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`,
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: NAMESPACE } },
  },
];

/** Masks the raw answers to `allAsked`, each kept as the difference from the one before it in its sequence. */
export function recordedOf(asked: readonly Asked[], answers: readonly RawAnswer[]): Recorded[] {
  let mask = sequenceMask();
  let before: unknown;
  return asked.map(({ request, first }, index) => {
    if (first) [mask, before] = [sequenceMask(), undefined];
    const { status, text, warnings } = answers[index] as RawAnswer;
    const { body, warnings: heard } = mask(request, status, parsed(text), warnings) as Recorded;
    const said = { id: request.id, status, ...(heard === undefined ? {} : { warnings: heard }) };
    if (status >= 300 || before === undefined) {
      if (status < 300) before = body;
      return { ...said, body };
    }
    const differs = [...differences(before, body)].sort(([a], [b]) => (a < b ? -1 : 1));
    before = body;
    return { ...said, differs };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
