import { isDeepStrictEqual } from 'node:util';

/** A row of a table: a test that was declared. */
export interface Row {
  readonly name: string;
  readonly run: () => unknown;
}

/** Where the rows of the tables that are being loaded go. */
export const declared: Row[] = [];

/** As vitest's: what is in it is declared at once. */
export function describe(_: string, declare: () => void): void {
  declare();
}

/** As vitest's, of which the tables use this much. */
export function test(name: string, run: () => unknown): void {
  declared.push({ name, run });
}
test.each =
  (rows: readonly unknown[]) =>
  (name: string, run: (...given: unknown[]) => unknown): void => {
    for (const row of rows) declared.push({ name, run: () => run(...(Array.isArray(row) ? row : [row])) });
  };

/** Something that is equal to whatever it says is. */
class Alike {
  constructor(readonly fits: (value: unknown) => boolean) {}
}

class NotAsExpected extends Error {}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Equal as `toEqual` has it (a field that is undefined is none), or as `toMatchObject` has it (`part`: more may be there). */
function alike(value: unknown, wanted: unknown, part: boolean): boolean {
  if (wanted instanceof Alike) return wanted.fits(value);
  if (!isMap(value) || !isMap(wanted) || isPlain(value) !== isPlain(wanted)) return isDeepStrictEqual(value, wanted);
  if (!isPlain(value)) return isDeepStrictEqual(value, wanted);
  if (Array.isArray(value) && value.length !== (wanted as unknown as unknown[]).length) return false;
  const names = part ? Object.keys(wanted) : new Set([...Object.keys(value), ...Object.keys(wanted)]);
  return [...names].every((name) => alike(value[name], wanted[name], part));
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function matchers(value: unknown) {
  const must = (holds: boolean): void => {
    if (!holds) throw new NotAsExpected();
  };
  return {
    toBe: (wanted: unknown) => must(Object.is(value, wanted)),
    toBeCloseTo: (wanted: number, digits = 2) => must(Math.abs((value as number) - wanted) < 0.5 * 10 ** -digits),
    toBeUndefined: () => must(value === undefined),
    toContain: (wanted: unknown) => must((value as unknown[]).includes(wanted)),
    toEqual: (wanted: unknown) => must(alike(value, wanted, false)),
    toHaveLength: (wanted: number) => must((value as unknown[]).length === wanted),
    toMatch: (pattern: RegExp) => must(pattern.test(value as string)),
    toMatchObject: (wanted: unknown) => must(alike(value, wanted, true)),
  };
}

/** As vitest's, but that it fails without a word: nobody reads why a mutant was caught. */
export const expect = Object.assign(matchers, {
  stringContaining: (part: string) => new Alike((value) => typeof value === 'string' && value.includes(part)),
  stringMatching: (pattern: RegExp) => new Alike((value) => typeof value === 'string' && pattern.test(value)),
});
