import type { Dialect } from '../state/dialect.js';
import { DASH_LANGUAGE } from '../syntax/language.js';
import { DASH_BUILTINS } from './builtins.js';
import { reword } from './words.js';

const NAMES = new Set(DASH_BUILTINS.keys());

/** dash 0.5.12, the `sh` of Debian and Ubuntu. */
export const DASH: Dialect = {
  name: 'dash',
  language: DASH_LANGUAGE,
  builtins: DASH_BUILTINS,
  computed: new Set(),
  edits: false,
  slices: false,
  prompt: (root) => (root ? '# ' : '$ '),
  say: (message) => reword('dash', message, NAMES),
  line(shell, { words, by, prefix }) {
    if (prefix === 'bare') return words;
    const source = shell.frames.findLast(({ kind }) => kind === 'source')?.file;
    const speaker = by ?? shell.speaker ?? source;
    return `${shell.name}: ${shell.line}: ${speaker === undefined ? '' : `${speaker}: `}${words}`;
  },
  syntaxError(found) {
    if (!found) return 'Syntax error';
    if (found.whole) return `Syntax error: ${found.what.replace(/^[a-z]/, (letter) => letter.toUpperCase())}`;
    return `Syntax error: ${found.what} unexpected${found.expecting ? ` (expecting "${found.expecting}")` : ''}`;
  },
  cannotOpen(name, writes, code, message) {
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    const why = missing ? (writes ? 'Directory nonexistent' : 'No such file') : message;
    return `cannot ${writes ? 'create' : 'open'} ${name}: ${why}`;
  },
  jobHead: (number, mark) => `[${number}] ${mark} `,
};
