import { existsSync } from 'node:fs';
import chalk from 'chalk';
import { type Catalogue, contentFolder, labFiles, readCatalogue, readLabs } from '../labs/content/find.js';
import type { Lab } from '../labs/format/lab.js';
import { formatProblem, type Problem } from '../labs/format/problem.js';
import type { ProofFailure, ProofResult, Proving } from '../labs/proof/prove.js';
import { ProofProgress } from './check/proof-progress.js';
import type { CliCommand } from './command.js';
import { labNamed, problemsOf } from './find-lab.js';
import { type CommandIo, say, UsageError } from './io.js';

/** `kubedrill check [PATH…]`: proves labs. Exit code 0 when everything is as it must be. */
export const check: CliCommand = {
  name: 'check',
  declare(command, io, exit) {
    command
      .description('prove labs: untouched earns nothing, solutions everything, mistakes what they name')
      .argument('[paths...]', 'lab files, folders, or ids; everything when left out')
      .option('--json', 'as JSON: {labs: [{lab, cases, failures}], problems}')
      .action(async (paths: string[], { json }: { json?: boolean }) => {
        const { labs, problems } = labsAt(paths);
        const { unprovenGuards } = await import('../labs/proof/guards.js');
        const { openPlayers } = await import('../labs/proof/players.js');
        const { endProof, startProof } = await import('../labs/proof/prove.js');
        const all: Problem[] = [...problems, ...labs.flatMap(unprovenGuards)];
        if (!json) for (const problem of all) say(io, `${chalk.red('✗')} ${formatProblem(problem)}`);
        const results: ProofResult[] = [];
        const players = openPlayers();
        const provings = labs.map((lab) => startProof(lab, players.play));
        const progress = followed(provings, io);
        try {
          for (const proving of provings) {
            const result = await endProof(proving);
            results.push(result);
            progress.above(() => sayResult(json ? { stdout: io.stderr } : io, result, json ? 'short' : 'whole'));
          }
        } finally {
          progress.end();
          await players.end();
        }
        if (json) say(io, JSON.stringify({ labs: results, problems: all }, undefined, 2));
        exit(all.length === 0 && results.every(({ failures }) => failures.length === 0) ? 0 : 1);
      });
  },
};

/** The labs at paths, which may also be ids. Throws where there is none. */
function labsAt(paths: readonly string[]): Catalogue {
  const catalogue = readCatalogue(contentFolder());
  if (paths.length === 0) return catalogue;
  const files = new Set<string>();
  const labs: Lab[] = [];
  const problems: Problem[] = [];
  for (const path of new Set(paths)) {
    if (!existsSync(path)) {
      const its = problemsOf(path, catalogue.problems);
      if (its.length === 0) labs.push(labNamed(path, catalogue.labs, 'file'));
      problems.push(...its);
      continue;
    }
    const found = labFiles(path);
    if (found.files.length + found.problems.length === 0) throw new UsageError(`There is no lab below ${path}.`);
    for (const file of found.files) files.add(file);
    problems.push(...found.problems);
  }
  const read = readLabs([...files]);
  return { labs: [...labs, ...read.labs], problems: [...problems, ...read.problems] };
}

/** Has each case told as it is decided, whichever that is. */
function followed(provings: readonly Proving[], { stderr }: CommandIo): ProofProgress {
  const cases = provings.reduce((sum, proving) => sum + proving.cases.length, 0);
  const progress = new ProofProgress(stderr, provings.length, cases);
  for (const { lab, cases: its } of provings) {
    for (const { failure } of its) {
      const decided = (): void => progress.caseDecided(lab);
      failure.then(decided, decided);
    }
  }
  return progress;
}

function sayResult(
  io: Pick<CommandIo, 'stdout'>,
  { lab, cases, failures }: ProofResult,
  length: 'short' | 'whole',
): void {
  const sign = failures.length === 0 ? chalk.green('✓') : chalk.red('✗');
  say(io, `${sign} ${lab}: ${cases - failures.length} of ${cases} cases hold`);
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
