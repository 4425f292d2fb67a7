import { WORLD_NAMES } from '../clusters/port.js';
import { CERTIFICATIONS, contentFolder, readCatalogue } from '../labs/content/find.js';
import { seededDice } from '../labs/dice.js';
import { DeriveError, expressionsFor } from '../labs/format/derive.js';
import { instantiate, type LabInstance } from '../labs/format/instance.js';
import type { Certification, Lab } from '../labs/format/lab.js';
import { formatProblem, type Problem } from '../labs/format/problem.js';
import { nearest } from '../labs/nearest.js';
import { type CommandIo, ExpectedError, UsageError } from './io.js';

/** Every lab that ships with the program and can be read; a line on the standard error names each that cannot. */
export function allLabs({ stderr }: Pick<CommandIo, 'stderr'>): readonly Lab[] {
  const { labs, problems } = readCatalogue(contentFolder());
  for (const line of leftOut(problems)) stderr.write(`${line}\n`);
  return labs;
}

/**
 * The lab a person means: its id, or its name when only one lab has it. Throws with what is wrong with it when it cannot
 * be read; others that cannot are named on the standard error, where one is given.
 */
export function findLab(name: string, io?: Pick<CommandIo, 'stderr'>): Lab {
  const { labs, problems } = readCatalogue(contentFolder());
  const its = problemsOf(name, problems);
  if (its.length > 0) throw new ExpectedError(its.map(formatProblem).join('\n'));
  for (const line of leftOut(problems)) io?.stderr.write(`${line}\n`);
  return labNamed(name, labs);
}

/** What is wrong with the shipped lab that a name means: its id, or its file's name. */
export function problemsOf(name: string, problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ file }) => idOf(file) === name || idOf(file).replace(/^.*\//, '') === name);
}

/** One line for each file that cannot be read as a lab. */
export function leftOut(problems: readonly Problem[]): string[] {
  return [...new Set(problems.map(({ file }) => file))].map((file) => {
    const count = problems.filter((problem) => problem.file === file).length;
    const wrong = count === 1 ? 'something is' : `${count} things are`;
    return `${file} is left out: ${wrong} wrong with it, and \`kubedrill check ${idOf(file)}\` says what.`;
  });
}

/** `content/cka/labs/drain-a-node.yaml` is cka/drain-a-node. */
function idOf(file: string): string {
  return file.replace(/^.*?([^/\\]+)[/\\]labs[/\\](.*)\.ya?ml$/, '$1/$2').replaceAll('\\', '/');
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
export async function instanceOf(lab: Lab, seed: string | undefined): Promise<LabInstance> {
  const chosen = seed ?? newSeed();
  const evaluate = await expressionsFor(lab.content);
  try {
    return instantiate(lab, { seed: chosen, dice: seededDice(chosen), evaluate });
  } catch (error) {
    if (!(error instanceof DeriveError)) throw error;
    throw new ExpectedError(
      `${lab.file}: with seed ${chosen} ${error.message}. \`kubedrill check ${lab.id}\` says more.`,
    );
  }
}

/** A seed is a whole number a person can read out to somebody else. */
export function newSeed(): string {
  return String(Math.floor(Math.random() * 1_000_000));
}

/** Checks what a person gave as a world. */
export function checkWorld(name: string): void {
  if (!WORLD_NAMES.includes(name))
    throw new UsageError(`There is no world ${name}; there are ${WORLD_NAMES.join(', ')}.`);
}

/** Checks what a person gave as a seed. */
export function readSeed(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`"${text}" is no seed; a seed is a whole number`);
  return text;
}
