const SECOND = 1_000_000_000n;

/** Words for a unit in small letters; of the last one any word that begins so will do. */
const UNITS: readonly (readonly [words: readonly string[], nanos: bigint])[] = [
  [['ns', 'nano'], 1n],
  [['us', 'µs', 'micro'], 1_000n],
  [['ms', 'milli'], 1_000_000n],
  [['s', 'sec'], SECOND],
  [['m', 'min'], 60n * SECOND],
  [['h', 'hr', 'hour'], 3600n * SECOND],
  [['d', 'day'], 86_400n * SECOND],
  [['w', 'wk', 'week'], 604_800n * SECOND],
];

/**
 * Billionths of a second of a span in the words that schemas know beside Go's own, `2 days 3 hours` (kube-openapi
 * strfmt, ParseDuration: words that are no unit are passed over); undefined where it is none.
 */
export function parseLongDuration(text: string): bigint | undefined {
  let nanos: bigint | undefined;
  for (const [, count = '', word = ''] of text.matchAll(/(\d+)\s*([A-Za-zµ]+)/g)) {
    if (BigInt(count) >= 2n ** 63n) return undefined;
    const size = sizeOf(word.toLowerCase());
    if (size !== undefined) nanos = BigInt.asIntN(64, (nanos ?? 0n) + BigInt(count) * size);
  }
  return nanos;
}

function sizeOf(word: string): bigint | undefined {
  return UNITS.find(([words]) => words.includes(word) || word.startsWith(words.at(-1) as string))?.[1];
}
