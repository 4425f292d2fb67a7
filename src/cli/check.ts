import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import chalk from 'chalk';
import { type Catalogue, contentFolder, labFiles, readCatalogue, readLabs } from '../labs/content/find.js';
import type { Lab } from '../labs/format/lab.js';
import { formatProblem, type Problem, refusing } from '../labs/format/problem.js';
import type { ProofFailure, ProofResult, Proving } from '../labs/proof/prove.js';
import { ProofProgress } from './check/proof-progress.js';
import { slowestText } from './check/slowest.js';
import type { CliCommand } from './command.js';
import { labNamed, problemsOf } from './find-lab.js';
import { type CommandIo, say, UsageError } from './io.js';

interface CheckOptions {
  readonly json?: boolean;
  readonly fresh?: boolean;
  readonly slowest?: boolean;
}

/** `kubedrill check [PATH…]`: proves labs. Exit code 0 when everything is as it must be. */
export const check: CliCommand = {
  name: 'check',
  declare(command, io, exit) {
    command
      .description('prove labs: untouched earns nothing, solutions everything, mistakes what they name')
      .argument('[paths...]', 'lab files, folders, or ids; everything when left out')
      .option('--json', 'as JSON: {labs: [{lab, cases, failures}], problems}')
      .option('--fresh', 'play everything, also what was proven before and has not changed')
      .option('--slowest', 'name the labs and cases that took longest')
      .action(async (paths: string[], { json, fresh, slowest }: CheckOptions) => {
        const { lintLab } = await import('../labs/lint/lint-lab.js');
        const { labs, problems } = labsAt(paths, lintLab);
        const { endProof, openProver, startProof } = await import('../labs/proof/prover.js');
        if (!json) for (const problem of problems) say(io, `${signOf(problem)} ${formatProblem(problem)}`);
        const results: ProofResult[] = [];
        const prover = openProver(io.environment, { fresh: fresh === true });
        const provings = await Promise.all(labs.map((lab) => startProof(lab, prover)));
        const progress = followed(provings, io);
        try {
          for (const proving of provings) {
            const result = await endProof(proving, prover);
            results.push(result);
            progress.above(() => sayResult(json ? { stdout: io.stderr } : io, result, json ? 'short' : 'whole'));
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

/** A warning refuses nothing. */
function signOf({ severity }: Problem): string {
  return severity === 'warning' ? chalk.yellow('!') : chalk.red('✗');
}

/** The labs at paths, which may also be ids. Throws where there is none. */
function labsAt(paths: readonly string[], lint: (lab: Lab, source: string, shipped: boolean) => Problem[]): Catalogue {
  const catalogue = readCatalogue(contentFolder(), (lab, source) => lint(lab, source, true));
  if (paths.length === 0) return catalogue;
  const files = new Set<string>();
  const labs: Lab[] = [];
  const problems: Problem[] = [];
  for (const path of new Set(paths)) {
    if (!existsSync(path)) {
      const its = problemsOf(path, catalogue.problems);
      const isRead = catalogue.labs.some(({ file }) => its.some((problem) => problem.file === file));
      if (its.length === 0 || isRead) labs.push(labNamed(path, catalogue.labs, 'file'));
      problems.push(...its);
      continue;
    }
    const found = labFiles(path);
    if (found.files.length + found.problems.length === 0) throw new UsageError(`There is no lab below ${path}.`);
    for (const file of found.files) files.add(file);
    problems.push(...found.problems);
  }
  const read = readLabs([...files], undefined, (lab, source) => lint(lab, source, isShipped(lab)));
  return { labs: [...labs, ...read.labs], problems: [...problems, ...read.problems] };
}

/** Whether a lab lies in the program's own content, where all rules are errors. */
function isShipped({ file }: Lab): boolean {
  return resolve(file).startsWith(resolve(contentFolder()) + sep);
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

function sayResult(
  io: Pick<CommandIo, 'stdout'>,
  { lab, cases, remembered, failures }: ProofResult,
  length: 'short' | 'whole',
): void {
  const sign = failures.length === 0 ? chalk.green('✓') : chalk.red('✗');
  const before = remembered === 0 ? '' : ` (${remembered === cases ? 'all' : remembered} proven before)`;
  say(io, `${sign} ${lab}: ${cases - failures.length} of ${cases} cases hold${before}`);
  if (length === 'short') return;
  const told = new Set<string>();
  for (const failure of failures) {
    // A world that cannot be made is the same failure of every case.
    const same = JSON.stringify([failure.says, failure.draw, failure.found]);
    if (!told.has(same)) sayFailure(io, failure);
    told.add(same);
  }
}

function sayFailure(
  io: Pick<CommandIo, 'stdout'>,
  { says, seed, draw, expected, found, commands, failed }: ProofFailure,
): void {
  say(io, `    ${says}`);
  say(io, `      expected   ${expected}`);
  say(io, `      found      ${found}`);
  say(io, `      with       seed ${seed} ${JSON.stringify(draw)}`);
  if (failed) {
    say(io, `      failed     ${failed.command} (exit code ${failed.status})`);
    for (const line of failed.output.split('\n').filter(Boolean)) say(io, `                 ${line}`);
  }
  for (const line of commands) say(io, `      $ ${line}`);
}
