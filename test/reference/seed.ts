/** What decides which requests are made of the valid objects, and which sequences of applies. */
export interface Seeds {
  /** Of the changes of objects. */
  readonly changes: number;
  /** Of the sequences of applies. */
  readonly applies: number;
}

/** The seeds whose recording is committed. */
export const SEEDS: Seeds = { changes: 2026, applies: 1936 };

/** Takes `--seed N` out of a command line; without it the seeds are those of the committed recording. */
export function readSeed(args: readonly string[]): { readonly seeds: Seeds; readonly words: readonly string[] } {
  const at = args.indexOf('--seed');
  if (at < 0) return { seeds: SEEDS, words: args };
  const seed = Number(args[at + 1]);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed wants a whole number, not ${args[at + 1]}`);
  return { seeds: { changes: seed, applies: seed }, words: [...args.slice(0, at), ...args.slice(at + 2)] };
}
