const LETTERS = 'KMGTPEZY';

/**
 * A count with GNU's suffixes: b (512), kB and KB (1000), k, K and KiB (1024), M … Undefined when it is none. `letters`
 * limits which suffixes there are.
 */
export function parseSize(text: string, letters = 'bkKMGTPEZY'): number | undefined {
  const match = /^(\d+)(?:([a-zA-Z])(iB|B)?)?$/.exec(text);
  if (!match) return undefined;
  const [, digits = '', letter, unit] = match;
  const count = Number(digits);
  if (letter === undefined) return count;
  if (!letters.includes(letter)) return undefined;
  if (letter === 'b') return unit ? undefined : count * 512;
  if (letter === 'c' || letter === 'w') return unit ? undefined : count * (letter === 'c' ? 1 : 2);
  const power = LETTERS.indexOf(letter === 'm' ? 'M' : letter.toUpperCase()) + 1;
  return count * (unit === 'B' ? 1000 : 1024) ** power;
}

/** A size as `ls -h` and `du -h` show it: at most three digits, rounded up. `unit` 1024 or 1000. */
export function humanSize(bytes: number, unit: 1024 | 1000 = 1024): string {
  if (bytes < unit) return String(bytes);
  let value = bytes;
  let power = -1;
  while (value >= unit && power < LETTERS.length - 1) {
    value /= unit;
    power += 1;
  }
  const letter = unit === 1000 && power === 0 ? 'k' : LETTERS[power];
  const tenths = Math.ceil(Number((value * 10).toFixed(6)));
  if (tenths < 100) return `${(tenths / 10).toFixed(1)}${letter}`;
  const whole = Math.ceil(Number(value.toFixed(6)));
  if (whole >= unit && power < LETTERS.length - 1) return `1.0${LETTERS[power + 1]}`;
  return `${whole}${letter}`;
}
