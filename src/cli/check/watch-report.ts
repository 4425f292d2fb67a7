import chalk from 'chalk';
import type { Lab } from '../../labs/format/lab.js';
import { type Problem, refusing } from '../../labs/format/problem.js';
import type { ProofFailure, ProofResult } from '../../labs/proof/prove.js';
import { failuresLines, problemLine, resultLines } from './result-text.js';

/** What is known of a file that is watched. */
export interface WatchedFile {
  readonly path: string;
  /** As it was last read; undefined until it could be. */
  readonly lab?: Lab | undefined;
  readonly problems: readonly Problem[];
  /** The last proof that came to its end, with the lab it is of. */
  readonly proven?: { readonly lab: Lab; readonly result: ProofResult } | undefined;
  /** What failed so far in a proof that is under way. */
  readonly failing: readonly ProofFailure[];
  /** The lab as it is now has yet to be proven. */
  readonly open: boolean;
}

/** More labs that hold than these are told in one line. */
const NAMED_MAX = 10;

/** Whether a file is as it must be, as far as it is known. */
export function holds({ problems, proven, open }: WatchedFile): boolean {
  return !open && refusing(problems).length === 0 && proven?.result.failures.length === 0;
}

/** What there is to tell of files, as lines. */
export function watchReport(files: readonly WatchedFile[]): string[] {
  const calm = files.filter(
    (file) => holds(file) && file.problems.length === 0 && file.proven?.result.notes.length === 0,
  );
  if (calm.length <= NAMED_MAX) return files.flatMap(fileLines);
  const others = files.filter((file) => !calm.includes(file));
  return [`${chalk.green('✓')} ${calm.length} labs: all cases hold`, ...others.flatMap(fileLines)];
}

function fileLines(file: WatchedFile): string[] {
  return [...file.problems.map(problemLine), ...proofLines(file)];
}

function proofLines({ lab, proven, failing, open }: WatchedFile): string[] {
  if (open && lab && failing.length > 0) {
    const count = failing.length === 1 ? '1 case fails' : `${failing.length} cases fail`;
    return [`${chalk.red('✗')} ${lab.id}: ${count} so far`, ...failuresLines(lab, failing)];
  }
  if (!proven) return [];
  // A file that cannot be read keeps its last proof, which is not of what it says now.
  const isOld = open || lab === undefined;
  const [first = '', ...more] = resultLines(proven.lab, proven.result, 'whole');
  return isOld ? [chalk.dim(`${first}, before it was saved`), ...more] : [first, ...more];
}
