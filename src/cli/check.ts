import { existsSync } from 'node:fs';
import chalk from 'chalk';
import { type Catalogue, contentFolder, labFiles, readCatalogue, readLabs } from '../labs/content/find.js';
import type { Lab } from '../labs/format/lab.js';
import { formatProblem, type Problem } from '../labs/format/problem.js';
import type { ProofFailure, ProofResult } from '../labs/proof/prove.js';
import type { CliCommand } from './command.js';
import { labNamed } from './find-lab.js';
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
        const results: ProofResult[] = [];
        if (!json) for (const problem of all) say(io, `${chalk.red('✗')} ${formatProblem(problem)}`);
        const players = openPlayers();
        try {
          for (const proving of labs.map((lab) => startProof(lab, players.play))) {
            const result = await endProof(proving, (says, failed) => {
              if (!json && failed) say(io, `${chalk.red('✗')} ${proving.lab}: ${says}`);
            });
            results.push(result);
            if (!json) sayResult(io, result);
          }
        } finally {
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
      labs.push(labNamed(path, catalogue.labs, 'file'));
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

function sayResult(io: CommandIo, { lab, cases, failures }: ProofResult): void {
  const sign = failures.length === 0 ? chalk.green('✓') : chalk.red('✗');
  say(io, `${sign} ${lab}: ${cases - failures.length} of ${cases} cases hold`);
  for (const failure of failures) sayFailure(io, failure);
}

function sayFailure(io: CommandIo, { says, seed, draw, expected, found, commands }: ProofFailure): void {
  say(io, `    ${says}`);
  say(io, `      expected   ${expected}`);
  say(io, `      found      ${found}`);
  say(io, `      with       seed ${seed} ${JSON.stringify(draw)}`);
  for (const line of commands) say(io, `      $ ${line}`);
}
