import { isErrno } from '../../../kernel/errno.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCall } from './command.js';

type Run = (editor: Editor, call: ExCall) => Waiting<void>;

const SCHEMES = new Set(
  (
    'blue darkblue default delek desert elflord evening habamax industry koehler lunaperche morning murphy pablo ' +
    'peachpuff quiet ron shine slate torte zellner'
  ).split(' '),
);

/** `:colorscheme`: nothing is coloured here, but the names are known. */
export const colorscheme: Run = function* (editor, { args }) {
  const name = args.trim();
  if (name === '') return editor.say(String(editor.variables.get('g:colors_name') ?? 'default'));
  if (!SCHEMES.has(name)) throw new EditorError(`E185: Cannot find color scheme '${name}'`);
  editor.variables.set('g:colors_name', name);
};

const SYNTAX =
  /^(?:case|clear|cluster|conceal|enable|foldlevel|include|iskeyword|keyword|list|manual|match|off|on|region|reset|spell|sync)?$/;

/** `:syntax`: its first word is looked at; file types are found from then on. */
export const syntax: Run = function* (editor, { args }) {
  const [word = ''] = args.trim().split(/\s+/);
  if (!SYNTAX.test(word)) throw new EditorError(`E410: Invalid :syntax subcommand: ${args.trim()}`);
  if (word === 'on' || word === 'enable') editor.detectsFileTypes = true;
};

/** `:filetype`. */
export const fileType: Run = function* (editor, { args }) {
  const typed = args.trim();
  if (typed === '') {
    const says = (on: boolean): string => (on ? 'ON' : 'OFF');
    const { detectsFileTypes, fileTypePlugins, fileTypeIndents } = editor;
    return editor.say(
      `filetype detection:${says(detectsFileTypes)}  plugin:${says(fileTypePlugins)}  indent:${says(fileTypeIndents)}`,
    );
  }
  const found = /^((?:(?:plugin|indent)\s+)*)(on|off|detect)$/.exec(typed);
  if (!found) throw new EditorError(`E475: Invalid argument: ${typed}`);
  const [, parts = '', state] = found;
  const on = state !== 'off';
  if (on || parts === '') editor.detectsFileTypes = on;
  if (parts.includes('plugin')) editor.fileTypePlugins = on;
  if (parts.includes('indent')) editor.fileTypeIndents = on;
};

/** `:pwd`. */
export const printFolder: Run = function* (editor) {
  editor.say(editor.sys.directory());
};

/** `:cd`. */
export const changeFolder: Run = function* ({ sys }, { args }) {
  const home = sys.environment.get('HOME') ?? '/';
  const name = args.trim().replace(/^~(?=\/|$)/, home) || home;
  try {
    sys.changeDirectory(name);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new EditorError('E472: Command failed', `E344: Can't find directory "${name}" in cdpath`);
  }
};

/** `:source`: commands of a file. */
export const source: Run = function* (editor, { args }) {
  const name = args.trim().replace(/^~(?=\/|$)/, editor.sys.environment.get('HOME') ?? '~');
  if (name === '') throw new EditorError('E471: Argument required');
  if (!(yield* editor.source(name))) throw new EditorError(`E484: Can't open file ${name}`);
};

/** `:only`, of the one window there is. */
export const only: Run = function* (editor) {
  editor.say('Already only one window');
};

/** `:close`, of the one window there is. */
export const close: Run = function* () {
  throw new EditorError('E444: Cannot close last window');
};
