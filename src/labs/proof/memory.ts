import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import type { Outcome } from './outcome.js';

/** What is kept of a lab: enough for many edits to and fro. */
const CASES_MAX = 1000;
/** Programs whose outcomes are kept, the last used ones. */
const PROGRAMS_MAX = 4;

/** Where outcomes are kept: below `KUBEDRILL_HOME`, or in the platform's cache directory. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  const home = environment['KUBEDRILL_HOME'];
  return home ? join(home, 'cache') : envPaths('kubedrill', { suffix: '' }).cache;
}

/**
 * Remembers how cases ended, on disk, so that what did not change is not played again. It is a convenience: what cannot
 * be read counts as not remembered, what cannot be written is forgotten when the program ends.
 */
export class ProofMemory {
  private readonly folder: string;
  private readonly labs = new Map<string, Map<string, Outcome>>();
  private readonly changed = new Set<string>();

  /** Names everything an outcome depends on but the lab; outcomes of other programs are not seen. */
  readonly program: string;
  private readonly fresh: boolean;

  /** `fresh`: what was noted by earlier runs is not recalled. */
  constructor(cache: string, program: string, fresh = false) {
    this.program = program;
    this.fresh = fresh;
    const all = join(cache, 'proof');
    this.folder = join(all, program);
    forgetOldPrograms(all, program);
  }

  recall(lab: string, key: string): Outcome | undefined {
    const cases = this.casesOf(lab);
    const outcome = cases.get(key);
    if (!outcome) return undefined;
    // The last used ones are the last to be forgotten.
    cases.delete(key);
    cases.set(key, outcome);
    return outcome;
  }

  note(lab: string, key: string, outcome: Outcome): void {
    this.casesOf(lab).set(key, outcome);
    this.changed.add(lab);
  }

  /** Writes what was noted of a lab since it was last written. */
  save(lab: string): void {
    if (!this.changed.delete(lab)) return;
    const cases = [...this.casesOf(lab)].slice(-CASES_MAX);
    const path = this.pathOf(lab);
    const made = `${path}.${process.pid}`;
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(made, JSON.stringify(Object.fromEntries(cases)), { mode: 0o600 });
      renameSync(made, path);
    } catch {
      rmSync(made, { force: true });
    }
  }

  private casesOf(lab: string): Map<string, Outcome> {
    const known = this.labs.get(lab) ?? (this.fresh ? new Map<string, Outcome>() : readCases(this.pathOf(lab)));
    this.labs.set(lab, known);
    return known;
  }

  private pathOf(lab: string): string {
    // Labs of other people's content may be called anything.
    return join(this.folder, `${createHash('sha256').update(lab).digest('hex').slice(0, 24)}.json`);
  }
}

function readCases(path: string): Map<string, Outcome> {
  try {
    const read: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof read !== 'object' || read === null) return new Map();
    return new Map(Object.entries(read).filter((entry): entry is [string, Outcome] => isOutcome(entry[1])));
  } catch {
    return new Map();
  }
}

function isOutcome(value: unknown): value is Outcome {
  if (typeof value !== 'object' || value === null) return false;
  const { holds, milliseconds, expected, found } = value as Record<string, unknown>;
  if (typeof milliseconds !== 'number') return false;
  return holds === true || (holds === false && typeof expected === 'string' && typeof found === 'string');
}

function forgetOldPrograms(folder: string, kept: string): void {
  try {
    const others = readdirSync(folder)
      .filter((name) => name !== kept)
      .map((name) => ({ path: join(folder, name), used: statSync(join(folder, name)).mtimeMs }))
      .sort((one, other) => other.used - one.used);
    for (const { path } of others.slice(PROGRAMS_MAX - 1)) rmSync(path, { recursive: true, force: true });
  } catch {
    // Nothing is there yet, or it is not ours to tidy.
  }
}
