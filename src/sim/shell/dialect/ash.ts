import type { Dialect } from '../state/dialect.js';
import type { Shell } from '../state/shell.js';
import { ASH_LANGUAGE } from '../syntax/language.js';
import { ASH_BUILTINS } from './builtins.js';
import { reword } from './words.js';

const NAMES = new Set(ASH_BUILTINS.keys());

/** ash as busybox 1.35 and 1.36 have it. */
export const ASH: Dialect = {
  name: 'ash',
  language: ASH_LANGUAGE,
  builtins: ASH_BUILTINS,
  computed: new Set(['LINENO', 'RANDOM']),
  edits: true,
  slices: true,
  prompt: () => '\\w \\$ ',
  say: (message) => reword('ash', message, NAMES),
  line(shell, { words, by, prefix }) {
    if (prefix === 'bare') return words;
    if (prefix === 'name') return `${shell.name}: ${words}`;
    const source = shell.frames.findLast(({ kind }) => kind === 'source')?.file;
    const speaker = by ?? shell.speaker ?? source;
    const speaks = speaker === undefined ? '' : `${speaker}: `;
    const counts = speaker !== undefined || shell.frames.length > 0 || shell.namedCommand;
    return `${shell.name}: ${speaks}${counts && showsLine(shell) ? `line ${lineOf(shell)}: ` : ''}${words}`;
  },
  syntaxError(found) {
    if (!found) return 'syntax error';
    if (found.whole) return `syntax error: ${found.what}`;
    return `syntax error: unexpected ${found.what}${found.expecting ? ` (expecting "${found.expecting}")` : ''}`;
  },
  cannotOpen(name, writes, code, message) {
    const why = code === 'ENOENT' || code === 'ENOTDIR' ? (writes ? 'nonexistent directory' : 'no such file') : message;
    return `can't ${writes ? 'create' : 'open'} ${name}: ${why}`;
  },
  jobHead: (number, mark) => `[${number}]${mark}  `,
};

function showsLine(shell: Shell): boolean {
  return !shell.interactive || shell.frames.some(({ kind }) => kind === 'source');
}

/** Lines of `-c` count from 0. */
function lineOf(shell: Shell): number {
  const sourced = shell.frames.some(({ kind }) => kind === 'source');
  return shell.commandString === undefined || sourced ? shell.line : shell.line - 1;
}
