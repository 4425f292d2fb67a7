import { dirname, relative, resolve } from 'node:path';
import type { Certification } from '../labs/format/lab.js';
import { nearest } from '../labs/nearest.js';
import { refusalReason } from '../labs/refusal-reason.js';
import { LAB_NAME, type NewLab } from '../labs/scaffold/scaffold.js';
import { type NewKind, newLabPath, type WrittenLab, writeLab } from '../labs/scaffold/write-lab.js';
import type { CliCommand } from './command.js';
import { contentPaths } from './content.js';
import { type CommandIo, ExpectedError, say, UsageError } from './io.js';

interface NewOptions {
  readonly certification?: string;
  readonly domain?: string;
  readonly to?: string;
  readonly world?: string;
}

/** What can be made of a template. */
const KINDS: readonly NewKind[] = ['lab', 'lesson', 'cards'];

/** Where labs go when nobody says where. */
const FOLDER = 'kubedrill-labs';

/** Worlds in which pods run: the first lab of an author has some. */
const WORLDS: readonly string[] = ['single-node', 'three-node'];

/**
 * `kubedrill new lab NAME`, `new lesson NAME`, `new cards NAME`: one that proves as it is, to begin with. `kubedrill new words
 * LANGUAGE`: a file to translate the screens in. Exit code 2 where there is one already.
 */
export const newLab: CliCommand = {
  name: 'new',
  declare(command, io) {
    command
      .description(
        'make a lab, a lesson or cards of your own, which prove at once; or a file to translate the screens in',
      )
      .argument('<what>', 'lab, lesson, cards or words')
      .argument('<name>', 'what it is called: small letters, digits and hyphens; a language, such as de')
      .option('--certification <certification>', 'of a lab, a lesson or cards, which must have one: cka, ckad or cks')
      .option('--domain <domain>', "one of that exam's domains; cards have none")
      .option('--world <world>', `the cluster to begin with: ${WORLDS.join(' or ')}; cards have none`)
      .option(
        '--to <folder>',
        `the folder; without it that of --content or KUBEDRILL_CONTENT, or ./${FOLDER}, and for words that of your home`,
      )
      .action(async (what: string, name: string, options: NewOptions) => {
        if (what === 'words') return (await import('./words/new-words.js')).newWords(name, options.to, io);
        const kind = KINDS.find((known) => known === what);
        if (!kind)
          throw new UsageError(
            `"${what}" is nothing that can be made; write \`kubedrill new lab NAME\`, lesson or cards, or \`kubedrill new words LANGUAGE\``,
          );
        const { certification } = options;
        if (certification === undefined)
          return command.error("error: required option '--certification <certification>' not specified");
        if (kind === 'cards' && (options.domain ?? options.world) !== undefined)
          throw new UsageError('Cards have neither a domain nor a world; leave `--domain` and `--world` out.');
        const lab = await readLabOptions(name, { ...options, certification });
        sayWritten(io, kind, write(await folderFor(options, io), kind, lab), lab);
      });
  },
};

async function readLabOptions(
  name: string,
  { certification, domain, world }: NewOptions & { readonly certification: string },
): Promise<NewLab> {
  if (!LAB_NAME.test(name))
    throw new UsageError(
      `"${name}" can be no lab's name, nor that of a lesson or of cards; it has small letters, digits and hyphens, such as fix-a-service`,
    );
  const { CERTIFICATIONS } = await import('../labs/content/find.js');
  const chosen = CERTIFICATIONS.find((known) => known === certification.toLowerCase());
  if (!chosen) throw new UsageError(`"${certification}" is no certification; there are ${CERTIFICATIONS.join(', ')}`);
  if (world !== undefined && !WORLDS.includes(world))
    throw new UsageError(`It begins in ${WORLDS.join(' or ')}; ${world} can be written into its file later.`);
  return { name, certification: chosen, domain: await readDomain(chosen, domain), world };
}

/** The domain as it is spelled in the curriculum. Throws with what there is. */
async function readDomain(certification: Certification, given: string | undefined): Promise<string | undefined> {
  if (given === undefined) return undefined;
  const { curriculum } = await import('../labs/content/curriculum.js');
  const names = curriculum()
    .domains.filter((domain) => domain.certification === certification)
    .map(({ name }) => name);
  const found = names.find((name) => name.toLowerCase() === given.toLowerCase());
  if (found !== undefined) return found;
  const near = nearest(given, names);
  throw new UsageError(
    `${certification} has no domain "${given}"; ${near ? `did you mean "${near}"?` : `it has ${names.map((name) => `"${name}"`).join(', ')}`}`,
  );
}

/** The folder of labs that is meant; in a clone of kubedrill its own content. */
async function folderFor({ to }: NewOptions, io: CommandIo): Promise<string> {
  const named = to ?? contentPaths(io)[0];
  if (named !== undefined) return named;
  const { contentFolder } = await import('../labs/content/find.js');
  const ours = contentFolder();
  return dirname(ours) === process.cwd() ? relative(process.cwd(), ours) : FOLDER;
}

function write(folder: string, kind: NewKind, lab: NewLab): WrittenLab {
  try {
    return writeLab(folder, kind, lab);
  } catch (error) {
    const { code, path = folder } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const file = newLabPath(folder, kind, lab);
    if (code === 'EEXIST' && path === file)
      throw new UsageError(`${file} is there already, and nothing was changed. Take another name, or remove it first.`);
    throw new ExpectedError(
      `${path} cannot be written: ${refusalReason(error as Error)}. Name another folder by --to, one of your own.`,
    );
  }
}

function sayWritten(
  io: CommandIo,
  kind: NewKind,
  { file, space, also }: WrittenLab,
  { certification, name }: NewLab,
): void {
  say(io, `Made ${file}${also.length > 0 ? `, with ${also.join(' and ')}` : ''}.`);
  say(
    io,
    kind === 'cards'
      ? 'They are right as they are. Make them yours bit by bit:\n'
      : 'It proves as it is. Make it yours bit by bit:\n',
  );
  const id = `${space === undefined ? '' : `${space}:`}${certification}/${name}`;
  const folder = resolve(file, '..', '..', '..');
  const its = { file, id, certification };
  const steps: Step[] = [
    ...(kind === 'cards' ? cardSteps(its) : [watchStep(file), ...(kind === 'lab' ? labSteps(its) : [])]),
    ...(space === undefined
      ? []
      : [
          [
            `export KUBEDRILL_CONTENT=${folder}`,
            kind === 'lab' ? `has it in the catalogue, as ${id}` : 'puts what lies there beside what ships',
          ] as Step,
        ]),
    ...lastSteps(kind, its),
  ];
  for (const [command, does] of steps) say(io, `  ${command}\n      ${does}`);
}

/** A command, and what it does. */
type Step = readonly [string, string];

interface Made {
  readonly file: string;
  readonly id: string;
  readonly certification: Certification;
}

function watchStep(file: string): Step {
  return [`kubedrill check --watch ${file}`, 'proves it, again whenever it is saved, and says what is wrong'];
}

function labSteps({ file }: Made): Step[] {
  return [
    [`kubedrill preview ${file}`, 'opens it as its learner sees it, with what its checks say beside it'],
    [`kubedrill try ${file} --case solution`, 'types its solution and grades the end'],
  ];
}

function cardSteps({ file }: Made): Step[] {
  return [[`kubedrill check ${file}`, 'says what is wrong with them']];
}

/** How it is used by whoever learns. */
function lastSteps(kind: NewKind, { id, certification }: Made): Step[] {
  if (kind === 'lab') return [[`kubedrill run ${id}`, 'opens it as a learner does']];
  if (kind === 'lesson') return [[`kubedrill learn ${id}`, 'opens it as a learner does']];
  return [[`kubedrill review ${certification}`, "asks them, among that exam's others"]];
}
