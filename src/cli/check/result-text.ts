import chalk from 'chalk';
import type { Deck } from '../../labs/cards/deck.js';
import type { Lab } from '../../labs/format/lab.js';
import { formatProblem, type Problem } from '../../labs/format/problem.js';
import { lessonName } from '../../labs/lesson/lesson.js';
import type { ProofFailure, ProofResult } from '../../labs/proof/prove.js';
import { causeOptions } from '../cause.js';

/** What of a proof is told: one line, or also what failed and how to see it. */
export type ResultLength = 'short' | 'whole';

const INDENT = '    ';
const COLUMN = 11;

/** A lab's proof as lines; for each failure what was expected, what came of it, and how to see it by hand. */
export function resultLines(
  lab: Lab,
  { cases, remembered, notes, failures }: ProofResult,
  length: ResultLength,
): string[] {
  const sign = failures.length === 0 ? chalk.green('✓') : chalk.red('✗');
  const before = remembered === 0 ? '' : ` (${remembered === cases ? 'all' : remembered} proven before)`;
  const first = `${sign} ${lab.id}: ${cases - failures.length} of ${cases} cases hold${before}`;
  const warned = notes.map((note) => `${chalk.yellow('!')} ${lab.id}: ${note}`);
  return length === 'short' ? [first, ...warned] : [first, ...warned, ...failuresLines(lab, failures)];
}

/** A deck in which nothing is wrong, as a line: there is nothing to be played in it. */
export function deckLine({ id, content }: Deck): string {
  const { length } = content.spec.cards;
  return `${chalk.green('✓')} ${id}: ${length === 1 ? '1 card is' : `${length} cards are`} as cards must be`;
}

/** Failures as lines, each once. */
export function failuresLines(lab: Lab, failures: readonly ProofFailure[]): string[] {
  const told = new Set<string>();
  return failures.flatMap((failure) => {
    // A world that cannot be made is the same failure of every case.
    const same = JSON.stringify([failure.says, failure.draw, failure.found]);
    if (told.has(same)) return [];
    told.add(same);
    return failureLines(lab, failure);
  });
}

/** What is wrong with a file as a line; a warning refuses nothing. */
export function problemLine(problem: Problem): string {
  return `${problem.severity === 'warning' ? chalk.yellow('!') : chalk.red('✗')} ${formatProblem(problem)}`;
}

function failureLines(lab: Lab, failure: ProofFailure): string[] {
  const { says, seed, draw, expected, found, commands, failed } = failure;
  return [
    `${INDENT}${says}`,
    ...labelled('expected', [expected]),
    ...labelled('found', [found]),
    ...labelled('with', [`seed ${seed} ${JSON.stringify(draw)}`]),
    ...(failed
      ? labelled('failed', [`${failed.command} (exit code ${failed.status})`, ...linesOf(failed.output)])
      : []),
    ...labelled('typed', commands),
    ...labelled('by hand', byHand(lab, failure)),
  ];
}

/** Command lines that show a failure again: played as it was, and to look around in. */
export function byHand(lab: Lab, { says, seed, draw, commands, failed }: ProofFailure): string[] {
  if (lab.lesson) return [`kubedrill learn ${quoted(lessonName(lab.id))}`];
  // A file that lies in no folder of labs is found by its path alone.
  const named = /\.ya?ml$/.test(lab.file) && !lab.id.includes(':') && !isShipped(lab.file) ? lab.file : lab.id;
  const words = [named, '--seed', seed, ...causeOptions(lab, seed, draw)].map(quoted).join(' ');
  // Where no world could be made nothing was played.
  const played = commands.length > 0 || failed !== undefined ? ` --case ${quoted(says)}` : '';
  return [`kubedrill try ${words}${played}`, `kubedrill preview ${words}`];
}

/** Files of the program's own content are shown by their place in it. */
function isShipped(file: string): boolean {
  return /^content[/\\]/.test(file);
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function labelled(label: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${INDENT}  ${(index === 0 ? label : '').padEnd(COLUMN)}${line}`);
}

function linesOf(text: string): string[] {
  return text.split('\n').filter(Boolean);
}
