let known: readonly number[] | undefined;

/** So many words of 32 bits of pi's digits behind the point: where Blowfish begins. */
export function piWords(count: number): readonly number[] {
  if (known === undefined || known.length < count) known = wordsOf(count);
  return known;
}

/** Machin's formula in whole numbers, with some bits to spare. */
function wordsOf(count: number): readonly number[] {
  const bits = BigInt(count * 32 + 64);
  const pi = 16n * arcTangent(5n, bits) - 4n * arcTangent(239n, bits);
  const fraction = (pi - (3n << bits)) >> 64n;
  const hex = fraction.toString(16).padStart(count * 8, '0');
  return Array.from({ length: count }, (_, i) => Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16));
}

/** Of one part in `whole`, times two to the power of `bits`. */
function arcTangent(whole: bigint, bits: bigint): bigint {
  const square = whole * whole;
  let power = (1n << bits) / whole;
  let sum = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    sum += i % 4n === 1n ? power / i : -(power / i);
    power /= square;
  }
  return sum;
}
