import type { Recorded } from './recording.js';

/** A part of answers that is not compared, and why. */
interface Excuse {
  readonly reason: string;
  /** Of which requests. */
  readonly ids: RegExp;
  /** A text of an answer without that part. */
  readonly cut: (text: string) => string;
}

/** All of them, counted by `show.ts`: short on purpose. */
export const EXCUSED: readonly Excuse[] = [
  {
    reason:
      'After "pod updates may not change fields other than" comes a Go diff of the internal pod spec, with the unset fields of types that no client sees: compared up to the diff',
    ids: /^update v1 Pod |pod update/,
    cut: (text) => text.replace(/\n@@ [\s\S]*$/, ''),
  },
];

/** An answer without what is excused. */
export function withoutExcused(answer: Recorded): Recorded {
  const cuts = EXCUSED.filter(({ ids }) => ids.test(answer.id)).map(({ cut }) => cut);
  if (cuts.length === 0) return answer;
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return cuts.reduce((text, cut) => cut(text), value);
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
  };
  return walk(answer) as Recorded;
}
