import { contentFolder, readCatalogue } from '../labs/content/find.js';
import { seededDice } from '../labs/dice.js';
import { instantiate, type LabInstance } from '../labs/format/instance.js';
import type { Lab } from '../labs/format/lab.js';
import { formatProblem } from '../labs/format/problem.js';
import { ExpectedError, UsageError } from './io.js';

/** Every lab that ships with the program. Throws when one of them cannot be read. */
export function allLabs(): readonly Lab[] {
  const { labs, problems } = readCatalogue(contentFolder());
  if (problems.length > 0) throw new ExpectedError(problems.map(formatProblem).join('\n'));
  return labs;
}

/** The lab a person means: its id, or its name when only one lab has it. */
export function findLab(name: string): Lab {
  const labs = allLabs();
  const found = labs.filter(({ id, content }) => id === name || content.metadata.name === name);
  if (found.length === 1) return found[0] as Lab;
  if (found.length > 1)
    throw new UsageError(`"${name}" is the name of ${found.map(({ id }) => id).join(' and ')}; say which`);
  const near = labs.filter(({ id }) => id.includes(name)).map(({ id }) => id);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '`kubedrill list` shows all labs.';
  throw new UsageError(`There is no lab "${name}". ${hint}`);
}

/** A lab's instance for a seed; a seed is drawn when none is given. */
export function instanceOf(lab: Lab, seed: string | undefined): LabInstance {
  const chosen = seed ?? newSeed();
  return instantiate(lab, { seed: chosen, dice: seededDice(chosen) });
}

/** A seed is a whole number a person can read out to somebody else. */
export function newSeed(): string {
  return String(Math.floor(Math.random() * 1_000_000));
}

/** Checks what a person gave as a seed. */
export function readSeed(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`"${text}" is no seed; a seed is a whole number`);
  return text;
}
