import { ADD_ON_NAMES } from '../clusters/add-on-names.js';
import { WORLD_NAMES } from '../clusters/port.js';
import type { Place } from '../clusters/real/real-cluster.js';
import { CERTIFICATIONS, type ContentProblem } from '../labs/content/find.js';
import { spaceOf } from '../labs/content/space.js';
import { seededDice } from '../labs/dice.js';
import { DeriveError, expressionsFor } from '../labs/format/derive.js';
import { instantiate, type LabInstance } from '../labs/format/instance.js';
import type { Certification, Lab } from '../labs/format/lab.js';
import { formatProblem, type Problem } from '../labs/format/problem.js';
import type { Draw } from '../labs/format/variants.js';
import { nearest } from '../labs/nearest.js';
import { type ContentIo, catalogueOf, isLabFile, labsOfFiles } from './content.js';
import { type CommandIo, ExpectedError, tell, UsageError } from './io.js';

/** Every lab that can be read; a line on the standard error names each that cannot. */
export function allLabs(io: ContentIo & Pick<CommandIo, 'stderr'>): readonly Lab[] {
  const { labs, problems } = catalogueOf(io);
  for (const line of leftOut(problems)) tell(io, line);
  return labs;
}

/**
 * The lab a person means: its id, or its name when only one lab has it. Throws with what is wrong with it when it cannot
 * be read; others that cannot are named on the standard error, where one is given.
 */
export function findLab(name: string, io: ContentIo & Partial<Pick<CommandIo, 'stderr'>>): Lab {
  const { labs, problems } = catalogueOf(io);
  refuse(problemsOf(name, problems));
  const { stderr } = io;
  if (stderr) for (const line of leftOut(problems)) tell({ stderr }, line);
  return labNamed(name, labs);
}

/** As `findLab`; what is given may also be a lab's file, as an author has it. */
export function findLabOrFile(given: string, io: ContentIo & Partial<Pick<CommandIo, 'stderr'>>): Lab {
  if (!isLabFile(given)) return findLab(given, io);
  const { labs, problems } = labsOfFiles(new Map([[given, given]]), io);
  refuse(problems);
  const [lab] = labs;
  if (!lab)
    throw new UsageError(`${given} holds cards; \`kubedrill check\` checks them, \`kubedrill review\` asks them.`);
  return lab;
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ExpectedError(problems.map(formatProblem).join('\n'));
}

/** What is wrong with the lab that a name means: its id, or its file's name. */
export function problemsOf(name: string, problems: readonly ContentProblem[]): readonly ContentProblem[] {
  return problems.filter(({ lab }) => lab !== undefined && namesOf(lab).includes(name));
}

/** One line for each file that cannot be read as a lab, and what is wrong with whole folders. */
export function leftOut(problems: readonly ContentProblem[]): string[] {
  return [...new Set(problems.map(({ file }) => file))].flatMap((file) => {
    const its = problems.filter((problem) => problem.file === file);
    const [{ lab }] = its as [ContentProblem, ...ContentProblem[]];
    if (lab === undefined) return its.map((problem) => `labs are left out: ${formatProblem(problem)}`);
    const wrong = its.length === 1 ? 'something is' : `${its.length} things are`;
    return `${file} is left out: ${wrong} wrong with it, and \`kubedrill check ${lab}\` says what.`;
  });
}

/** What a lab may be called: `acme:cka/fix-it`, `acme:fix-it`, `cka/fix-it` or `fix-it`. The first is its own alone. */
function namesOf(id: string): string[] {
  const [, space = '', rest = id] = /^([^/:]+:)?(.*)$/.exec(id) ?? [];
  const name = rest.replace(/^.*\//, '');
  return [id, `${space}${name}`, rest, name];
}

/** The one of these labs that a name means. Throws with what may have been meant; `or` is what else it could have been. */
export function labNamed(name: string, labs: readonly Lab[], or?: string): Lab {
  const found = meant(name, labs);
  if (found.length === 1) return found[0] as Lab;
  if (found.length > 1)
    throw new UsageError(`"${name}" is the name of ${found.map(({ id }) => id).join(' and ')}; say which`);
  const certification = CERTIFICATIONS.find((known) => known === name.toLowerCase().replace(/\/$/, ''));
  if (certification) throw new UsageError(certificationHint(certification, labs));
  const near = nearLabs(name, labs);
  const hint = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : '`kubedrill list` shows all labs.';
  throw new UsageError(`There is no ${or === undefined ? '' : `${or} and no `}lab "${name}". ${hint}`);
}

/** A lab of one's own never changes what a name meant without it. */
function meant(name: string, labs: readonly Lab[]): Lab[] {
  const exact = labs.filter(({ id }) => id === name);
  if (exact.length > 0) return exact;
  const called = labs.filter(({ id }) => namesOf(id).includes(name));
  const shipped = called.filter(({ id }) => spaceOf(id) === undefined);
  return shipped.length > 0 ? shipped : called;
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

/**
 * A lab's instance for a seed, with what is fixed of its draw; a seed is drawn when none is given. A real cluster decides where
 * it is.
 */
export async function instanceOf(
  lab: Lab,
  seed: string | undefined,
  fixed: Draw = {},
  place?: Place,
): Promise<LabInstance> {
  const chosen = seed ?? newSeed();
  const evaluate = await expressionsFor(lab.content);
  try {
    return instantiate(lab, {
      seed: chosen,
      dice: seededDice(chosen),
      evaluate,
      fixed,
      ...(place ? { place } : {}),
    });
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

/** Checks what a person gave as an add-on of a world. */
export function checkAddon(name: string): void {
  if (!(ADD_ON_NAMES as readonly string[]).includes(name))
    throw new UsageError(`There is no add-on "${name}"; there are ${ADD_ON_NAMES.join(', ')}.`);
}

/** Checks what a person gave as the seed of a lab: a whole number, or what an exam made of its own for a task: 7-4. */
export function readLabSeed(text: string): string {
  if (!/^\d{1,15}(?:-\d{1,2}(?:\.\d{1,2})?)?$/.test(text))
    throw noSeed(text, ', or that of a task of an exam, such as 7-4');
  return text;
}

/** Checks what a person gave as the seed of an exam. */
export function readSeed(text: string): string {
  if (!/^\d{1,15}$/.test(text)) throw noSeed(text);
  return text;
}

function noSeed(text: string, or = ''): UsageError {
  return new UsageError(`"${text}" is no seed; a seed is a whole number${or}`);
}
