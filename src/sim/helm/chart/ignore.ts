import { HelmError } from '../errors.js';
import { matchGlob } from './glob.js';

interface Rule {
  readonly negate: boolean;
  readonly directoryOnly: boolean;
  readonly matches: (path: string) => boolean;
}

/** What a .helmignore leaves out of a chart. Hidden files below templates/ are left out always. */
export class IgnoreRules {
  private readonly rules: readonly Rule[];

  /** Throws HelmError for `**`, which helm does not know. */
  constructor(text: string) {
    this.rules = [...text.split('\n'), 'templates/.?*']
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(ruleOf);
  }

  /** Whether the file or directory at a path of the chart is left out. */
  ignores(path: string, isDirectory: boolean): boolean {
    for (const { negate, directoryOnly, matches } of this.rules) {
      if (negate) {
        if ((directoryOnly && !isDirectory) || !matches(path)) return true;
        continue;
      }
      if (directoryOnly && !isDirectory) continue;
      if (matches(path)) return true;
    }
    return false;
  }
}

function ruleOf(line: string): Rule {
  if (line.includes('**')) throw new HelmError('double-star (**) syntax is not supported');
  const negate = line.startsWith('!');
  const plain = negate ? line.slice(1) : line;
  const directoryOnly = plain.endsWith('/');
  const pattern = directoryOnly ? plain.slice(0, -1) : plain;
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  if (pattern.startsWith('/')) return { negate, directoryOnly, matches: (path) => matchGlob(pattern.slice(1), path) };
  if (pattern.includes('/')) return { negate, directoryOnly, matches: (path) => matchGlob(pattern, path) };
  return { negate, directoryOnly, matches: (path) => matchGlob(pattern, base(path)) };
}
