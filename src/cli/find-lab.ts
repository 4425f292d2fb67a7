import { CERTIFICATIONS, contentFolder, readCatalogue } from '../labs/content/find.js';
import { seededDice } from '../labs/dice.js';
import { instantiate, type LabInstance } from '../labs/format/instance.js';
import type { Certification, Lab } from '../labs/format/lab.js';
import { formatProblem } from '../labs/format/problem.js';
import { nearest } from '../labs/nearest.js';
import { ExpectedError, UsageError } from './io.js';

/** Every lab that ships with the program. Throws when one of them cannot be read. */
export function allLabs(): readonly Lab[] {
  const { labs, problems } = readCatalogue(contentFolder());
  if (problems.length > 0) throw new ExpectedError(problems.map(formatProblem).join('\n'));
  return labs;
}

/** The lab a person means: its id, or its name when only one lab has it. */
export function findLab(name: string): Lab {
  return labNamed(name, allLabs());
}

/** The one of these labs that a name means. Throws with what may have been meant; `or` is what else it could have been. */
export function labNamed(name: string, labs: readonly Lab[], or?: string): Lab {
  const found = labs.filter(({ id, content }) => id === name || content.metadata.name === name);
  if (found.length === 1) return found[0] as Lab;
  if (found.length > 1)
    throw new UsageError(`"${name}" is the name of ${found.map(({ id }) => id).join(' and ')}; say which`);
  const certification = CERTIFICATIONS.find((known) => known === name.toLowerCase().replace(/\/$/, ''));
  if (certification) throw new UsageError(certificationHint(certification, labs));
  const near = nearLabs(name, labs);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '`kubedrill list` shows all labs.';
  throw new UsageError(`There is no ${or === undefined ? '' : `${or} and no `}lab "${name}". ${hint}`);
}

function certificationHint(certification: Certification, labs: readonly Lab[]): string {
  const its = labs.filter(({ content }) => content.spec.certification === certification).map(({ id }) => id);
  return its.length === 0
    ? `${certification} is a certification, and it has no labs yet. \`kubedrill list\` shows all labs.`
    : `${certification} is a certification, not a lab. Name one of its labs: ${its.join(', ')}.`;
}

/** Labs whose names hold what was given, or are nearly that. */
function nearLabs(name: string, labs: readonly Lab[]): string[] {
  const given = name.toLowerCase().replace(/^.*\/labs\/|\.ya?ml$/g, '');
  if (given === '') return [];
  const holding = labs.filter(({ id }) => id.includes(given));
  if (holding.length > 0) return holding.map(({ id }) => id);
  const names = labs.flatMap(({ id, content }) => [id, content.metadata.name]);
  const best = nearest(given, names);
  return labs.filter(({ id, content }) => best === id || best === content.metadata.name).map(({ id }) => id);
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
