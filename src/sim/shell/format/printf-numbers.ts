/** A number read from a printf argument; `problem`: no number there, something after it, or too large. */
export interface NumberArgument<T> {
  readonly value: T;
  readonly problem?: 'none' | 'rest' | 'range';
}

const MAXIMUM = 2n ** 63n - 1n;
const UNSIGNED_MAXIMUM = 2n ** 64n - 1n;

/** Reads an integer as strtoimax(3) does: blanks, sign, decimal, 0x or octal; `'c` and `"c` are a character's code. */
export function integerArgument(text: string): NumberArgument<bigint> {
  const character = characterCode(text);
  if (character) return { ...character, value: BigInt(character.value) };
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (!match) return text === '' ? { value: 0n } : { value: 0n, problem: 'none' };
  const digits = match[2] as string;
  const magnitude = /^0[0-7]/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  const value = match[1] === '-' ? -magnitude : magnitude;
  const rest = match[0].length < text.length ? ({ problem: 'rest' } as const) : {};
  if (value < -MAXIMUM - 1n) return { value: -MAXIMUM - 1n, problem: 'range' };
  if (value > UNSIGNED_MAXIMUM) return { value: MAXIMUM, problem: 'range' };
  if (value > MAXIMUM) return { value, problem: 'range' };
  return { value, ...rest };
}

/** Reads a floating-point number as strtold(3) does; `'c` and `"c` are a character's code. */
export function floatArgument(text: string): NumberArgument<number> {
  const character = characterCode(text);
  if (character) return character;
  const match = /^\s*([+-]?)(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?|nan)/i.exec(text);
  if (!match) return text === '' ? { value: 0 } : { value: 0, problem: 'none' };
  const word = (match[2] as string).toLowerCase();
  const magnitude = word.startsWith('inf') ? Number.POSITIVE_INFINITY : Number(word);
  const value = match[1] === '-' ? -magnitude : magnitude;
  return match[0].length < text.length ? { value, problem: 'rest' } : { value };
}

function characterCode(text: string): NumberArgument<number> | undefined {
  if (text[0] !== "'" && text[0] !== '"') return undefined;
  const code = text.codePointAt(1);
  return code === undefined ? { value: 0 } : { value: code };
}
