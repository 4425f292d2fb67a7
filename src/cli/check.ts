import { existsSync } from 'node:fs';
import type { Deck } from '../labs/cards/deck.js';
import { type Catalogue, type ContentProblem, contentFolder } from '../labs/content/find.js';
import { DECKS, LABS, LESSONS, labFiles } from '../labs/content/lab-files.js';
import type { Lab } from '../labs/format/lab.js';
import { refusing } from '../labs/format/problem.js';
import type { ProofResult, Proving } from '../labs/proof/prove.js';
import { ProofProgress } from './check/proof-progress.js';
import { deckLine, problemLine, resultLines } from './check/result-text.js';
import { slowestText } from './check/slowest.js';
import type { CliCommand } from './command.js';
import {
  catalogueOf,
  contentPaths,
  decksOf,
  decksOfFiles,
  isLabFile,
  type Lint,
  labsOfFiles,
  lessonsOf,
} from './content.js';
import { labNamed, problemsOf } from './find-lab.js';
import { type CommandIo, say, UsageError } from './io.js';

interface CheckOptions {
  readonly json?: boolean;
  readonly fresh?: boolean;
  readonly slowest?: boolean;
  readonly watch?: boolean;
}

/** `kubedrill check [PATH…]`: proves labs. Exit code 0 when everything is as it must be. */
export const check: CliCommand = {
  name: 'check',
  declare(command, io, exit) {
    command
      .description(
        'prove labs: untouched earns nothing, solutions everything, mistakes what they name; lessons step by step',
      )
      .argument('[paths...]', 'files of labs, lessons or cards, folders, or ids; everything when left out')
      .option('--json', 'as JSON: {labs: [{lab, cases, failures}], problems}')
      .option('--fresh', 'play everything, also what was proven before and has not changed')
      .option('--slowest', 'name the labs and cases that took longest')
      .option('--watch', 'prove again what changed whenever a file is saved, until Ctrl-C')
      .action(async (paths: string[], { json, fresh, slowest, watch }: CheckOptions) => {
        const { lintLab } = await import('../labs/lint/lint-lab.js');
        if (watch && (json || slowest)) throw new UsageError('`--watch` goes with neither `--json` nor `--slowest`.');
        const { labs, problems, decks } = labsAt(paths, io, lintLab);
        if (watch) {
          const { watchLabs } = await import('./check/watch.js');
          const folders = [contentFolder(), ...contentPaths(io), ...paths.filter((path) => !isLabFile(path))];
          return exit(await watchLabs({ labs, problems }, { io, lint: lintLab, fresh: fresh === true, folders }));
        }
        const { endProof, openProver, startProof } = await import('../labs/proof/prover.js');
        if (!json) for (const problem of problems) say(io, problemLine(problem));
        if (!json) for (const deck of decks) say(io, deckLine(deck));
        const results: ProofResult[] = [];
        const prover = openProver(io.environment, { fresh: fresh === true });
        const provings = await Promise.all(inOrder(labs, problems).map((lab) => startProof(lab, prover)));
        const progress = followed(provings, io);
        try {
          for (const proving of provings) {
            const result = await endProof(proving, prover);
            results.push(result);
            progress.above(() => sayResult(json ? { stdout: io.stderr } : io, labOf(result, labs), result, json));
          }
        } finally {
          progress.end();
          await prover.players.end();
        }
        if (slowest) for (const line of slowestText(results)) say(json ? { stdout: io.stderr } : io, line);
        if (json) say(io, JSON.stringify({ labs: results, problems }, undefined, 2));
        exit(refusing(problems).length === 0 && results.every(({ failures }) => failures.length === 0) ? 0 : 1);
      });
  },
};

/** The labs that no rule refuses: others are not played, for whatever came of it, they cannot pass. */
function inOrder(labs: readonly Lab[], problems: readonly ContentProblem[]): Lab[] {
  const refused = new Set(refusing(problems).map(({ file }) => file));
  return labs.filter(({ file }) => !refused.has(file));
}

/** What is checked: decks in which nothing is wrong are only told of. */
type Checked = Catalogue & { readonly decks: readonly Deck[] };

/** Labs, lessons and decks, and what is wrong with them. */
function everythingOf(io: CommandIo, lint: Lint): Checked {
  const { labs, problems } = catalogueOf(io, lint);
  const { lessons, problems: inLessons } = lessonsOf(io, lint);
  const { decks, problems: inDecks } = decksOf(io);
  return { labs: [...labs, ...lessons], problems: [...problems, ...inLessons, ...inDecks], decks };
}

/** The labs at paths, which may also be ids or name spaces; of the folders given when no path is. Throws where there is none. */
function labsAt(paths: readonly string[], io: CommandIo, lint: Lint): Checked {
  const catalogue = everythingOf(io, lint);
  const wanted = paths.length > 0 ? paths : (io.content ?? []);
  if (wanted.length === 0) return catalogue;
  const files = new Map<string, string>();
  const labs: Lab[] = [];
  const problems: ContentProblem[] = [];
  for (const path of new Set(wanted)) {
    if (existsSync(path)) {
      const found = labFiles(path, [LABS, LESSONS, DECKS]);
      if (found.files.length + found.problems.length === 0)
        throw new UsageError(`There is no lab, no lesson and no card below ${path}.`);
      for (const file of found.files) files.set(file, path);
      problems.push(...found.problems);
    } else {
      const named = labsNamed(path, catalogue);
      labs.push(...named.labs);
      problems.push(...named.problems);
    }
  }
  const read = { ...labsOfFiles(files, io, lint), decks: decksOfFiles(files) };
  return { labs: [...labs, ...read.labs], problems: [...problems, ...read.problems], decks: read.decks };
}

/** The lab of a name, or all of a name space. */
function labsNamed(name: string, { labs, problems }: Catalogue): Catalogue {
  const space = `${name.replace(/:$/, '')}:`;
  const inside = {
    labs: labs.filter(({ id }) => id.startsWith(space)),
    problems: problems.filter(({ lab }) => lab?.startsWith(space)),
  };
  if (inside.labs.length + inside.problems.length > 0) return inside;
  const its = problemsOf(name, problems);
  const isRead = labs.some(({ id }) => its.some(({ lab }) => lab === id));
  return { labs: its.length === 0 || isRead ? [labNamed(name, labs, 'file')] : [], problems: its };
}

/** Has each case told as it is decided, whichever that is. */
function followed(provings: readonly Proving[], { stderr }: CommandIo): ProofProgress {
  const cases = provings.reduce((sum, proving) => sum + proving.cases.length, 0);
  const progress = new ProofProgress(stderr, provings.length, cases);
  for (const { lab, cases: its } of provings) {
    for (const { decided } of its) {
      const tell = (): void => progress.caseDecided(lab);
      decided.then(tell, tell);
    }
  }
  return progress;
}

/** With `--json` the standard output is for that alone. */
function sayResult(io: Pick<CommandIo, 'stdout'>, lab: Lab, result: ProofResult, json = false): void {
  for (const line of resultLines(lab, result, json ? 'short' : 'whole')) say(io, line);
}

function labOf({ lab }: ProofResult, labs: readonly Lab[]): Lab {
  return labs.find(({ id }) => id === lab) as Lab;
}
