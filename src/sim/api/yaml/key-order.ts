const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;

/**
 * The order in which the library prints a mapping's keys: numbers inside them count as numbers, and what is no
 * letter stands before letters. Negative, zero or positive.
 */
export function compareKeys(left: string, right: string): number {
  const a = [...left];
  const b = [...right];
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i]) return compareAt(a, b, i);
  }
  return a.length - b.length;
}

function compareAt(a: readonly string[], b: readonly string[], i: number): number {
  const left = a[i] as string;
  const right = b[i] as string;
  const leftLetter = LETTER.test(left);
  const rightLetter = LETTER.test(right);
  if (leftLetter && rightLetter) return code(left) - code(right);
  if (leftLetter || rightLetter) return rightLetter ? -1 : 1;
  // A zero after other digits belongs to a number that both keys have begun alike.
  const seed = (left === '0' || right === '0') && followsNonZeroDigit(a, i) ? 1n : 0n;
  const numberA = numberAt(a, i, seed);
  const numberB = numberAt(b, i, seed);
  if (numberA.value !== numberB.value) return numberA.value < numberB.value ? -1 : 1;
  if (numberA.end !== numberB.end) return numberA.end - numberB.end;
  return code(left) - code(right);
}

function followsNonZeroDigit(key: readonly string[], i: number): boolean {
  for (let j = i - 1; j >= 0 && DIGIT.test(key[j] as string); j--) if (key[j] !== '0') return true;
  return false;
}

function numberAt(key: readonly string[], start: number, seed: bigint): { value: bigint; end: number } {
  let value = seed;
  let end = start;
  while (end < key.length && DIGIT.test(key[end] as string)) {
    value = BigInt.asIntN(64, value * 10n + BigInt(code(key[end] as string) - 48));
    end++;
  }
  return { value, end };
}

function code(char: string): number {
  return char.codePointAt(0) ?? 0;
}
