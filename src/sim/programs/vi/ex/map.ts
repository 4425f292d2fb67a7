import type { Waiting } from '../../../kernel/wait.js';
import type { MapMode, Mapping } from '../keys/mappings.js';
import { keysFromNotation } from '../keys/notation.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCall, ExCommand } from './command.js';

/** The commands of each mode, by the shortest forms of `map`, `mapclear`, `noremap` and `unmap` with their prefix. */
const MODES: readonly (readonly [prefix: string, modes: readonly MapMode[], shortest: string])[] = [
  ['', ['n', 'v', 'o'], 'map mapc no unm'],
  ['c', ['c'], 'cm cmapc cno cu'],
  ['i', ['i'], 'im imapc ino iu'],
  ['n', ['n'], 'nm nmapc nn nun'],
  ['o', ['o'], 'om omapc ono ou'],
  ['v', ['v'], 'vm vmapc vn vu'],
  ['x', ['v'], 'xm xmapc xn xu'],
];
const BANG_MODES: readonly MapMode[] = ['i', 'c'];
const ARGUMENT = /^<(silent|buffer|unique|nowait|special|script|expr)>\s*/i;

/** The column that says where a mapping holds. */
function modeColumn(modes: readonly MapMode[]): string {
  if (['n', 'v', 'o'].every((mode) => modes.includes(mode as MapMode))) return ' ';
  if (modes.includes('i') && modes.includes('c')) return '!';
  return modes.join('');
}

const line = ({ modes, shown: [from, to], remaps }: Mapping): string =>
  `${modeColumn(modes).padEnd(3)}${`${from} `.padEnd(12)}${remaps ? ' ' : '*'} ${to === '' ? '<Nop>' : to}`;

/** The map leader: what `let mapleader` says, or a backslash. */
const leaderOf = ({ variables }: Editor): string => String(variables.get('g:mapleader') ?? '\\');

function map(editor: Editor, modes: readonly MapMode[], args: string, remaps: boolean): void {
  let rest = args;
  let silent = false;
  for (let found = ARGUMENT.exec(rest); found; found = ARGUMENT.exec(rest)) {
    if (found[1]?.toLowerCase() === 'expr')
      throw new EditorError('E319: Sorry, the command is not available in this version: map <expr>');
    if (found[1]?.toLowerCase() === 'silent') silent = true;
    rest = rest.slice(found[0].length);
  }
  const [, from = '', to = ''] = /^(\S+)?\s*([\s\S]*)$/.exec(rest) ?? [];
  const leader = leaderOf(editor);
  const keys = keysFromNotation(from, leader);
  if (to !== '') {
    const written = to.replace(/\\\|/g, '|');
    const shown = [from.replace(/<leader>/gi, leader), written] as const;
    editor.keyboard.mappings.set({ modes, from: keys, to: keysFromNotation(written, leader), remaps, silent, shown });
    return;
  }
  const found = editor.keyboard.mappings.list(modes, keys);
  if (found.length === 0) return editor.say('No mapping found');
  editor.printed.push(...found.map(line));
}

type Run = (editor: Editor, call: ExCall) => Waiting<void>;

const mapper = (modes: readonly MapMode[], remaps: boolean): Run =>
  function* (editor, { args, bang }) {
    map(editor, bang ? BANG_MODES : modes, args, remaps);
  };

const unmapper = (modes: readonly MapMode[]): Run =>
  function* (editor, { args, bang }) {
    const typed = args.replace(/^(?:<buffer>\s*)+/i, '').trim();
    if (typed === '') throw new EditorError('E474: Invalid argument');
    const keys = keysFromNotation(typed, leaderOf(editor));
    if (!editor.keyboard.mappings.remove(bang ? BANG_MODES : modes, keys))
      throw new EditorError('E31: No such mapping');
  };

const clearer = (modes: readonly MapMode[]): Run =>
  function* (editor, { bang }) {
    editor.keyboard.mappings.clear(bang ? BANG_MODES : modes);
  };

/** `:map` and its relatives. */
export const MAP_COMMANDS: readonly ExCommand[] = MODES.flatMap(([prefix, modes, shortest]) => {
  const [map = '', mapclear = '', noremap = '', unmap = ''] = shortest.split(' ');
  return [
    { name: `${prefix}map`, short: map, run: mapper(modes, true) },
    { name: `${prefix}mapclear`, short: mapclear, run: clearer(modes) },
    { name: `${prefix}noremap`, short: noremap, run: mapper(modes, false) },
    { name: `${prefix}unmap`, short: unmap, run: unmapper(modes) },
  ];
});
