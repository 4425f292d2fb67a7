import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCall } from './command.js';
import { evaluate, type Value, variableName } from './expression.js';
import { setOption } from './set.js';

type Run = (editor: Editor, call: ExCall) => Waiting<void>;

/** `:let name = value`; `&option` sets an option. */
export const letCommand: Run = function* (editor, { args }) {
  const found = /^(&(?:[lg]:)?|@|\$)?((?:[gvbs]:)?[\w"+*]+)\s*(?:(\.|\+|-)?=\s*([\s\S]*))?$/.exec(args.trim());
  if (!found) {
    // Lists, parts of dictionaries and the like: plugins' settings, which nothing here reads.
    if (/=/.test(args)) return;
    if (args.trim() === '') return;
    throw new EditorError(`E15: Invalid expression: "${args.trim()}"`);
  }
  const [, kind = '', name = '', sign, expression] = found;
  if (expression === undefined) return show(editor, name);
  const value = evaluate(editor, expression);
  if (value === undefined) return;
  if (kind.startsWith('&')) return assignOption(editor, name, kind, value);
  if (kind === '@') return editor.registers.set(name, { kind: 'char', lines: String(value).split('\n') });
  if (kind === '$') return;
  const key = variableName(name);
  const before = editor.variables.get(key);
  if (sign !== undefined && before === undefined) throw new EditorError(`E121: Undefined variable: ${name}`);
  const result =
    sign === '.' ? `${before}${value}` : sign ? Number(before) + (sign === '+' ? 1 : -1) * Number(value) : value;
  editor.variables.set(key, result);
};

function show(editor: Editor, name: string): void {
  const value = editor.variables.get(variableName(name));
  if (value === undefined) throw new EditorError(`E121: Undefined variable: ${name}`);
  editor.say(`${name.padEnd(20)} ${typeof value === 'number' ? '#' : ' '}${value}`);
}

function assignOption(editor: Editor, name: string, kind: string, value: Value): void {
  const scope = kind === '&l:' ? 'local' : kind === '&g:' ? 'global' : 'both';
  setOption(editor, name, value, scope);
}

/** `:unlet`. */
export const unlet: Run = function* (editor, { args, bang }) {
  for (const name of args.trim().split(/\s+/))
    if (!editor.variables.delete(variableName(name)) && !bang)
      throw new EditorError(`E108: No such variable: "${name}"`);
};

/** The value of what a command was given; throws E15 for what has none here. */
function textOf(editor: Editor, args: string): string {
  const value = args.trim() === '' ? '' : evaluate(editor, args);
  if (value === undefined) throw new EditorError(`E15: Invalid expression: "${args.trim()}"`);
  return String(value);
}

/** `:echo` and `:echomsg`. */
export const echo: Run = function* (editor, { args }) {
  editor.printed.push(...textOf(editor, args).split('\n'));
};

/** `:execute`: a text as a command. */
export const execute: Run = function* (editor, { args }) {
  yield* editor.runEx(textOf(editor, args));
};

/** `:silent`: a command that says nothing; with a `!` not even what is wrong. */
export const silent: Run = function* (editor, { args, bang }) {
  const { message, printed, silent: before } = editor;
  editor.silent = true;
  try {
    yield* editor.runEx(args);
  } catch (error) {
    if (!(error instanceof EditorError && bang)) throw error;
  } finally {
    editor.silent = before;
  }
  editor.message = message;
  editor.printed = printed;
};

/** `:keepjumps` and other words before a command that change nothing of it here. */
export const modifier: Run = function* (editor, { args }) {
  yield* editor.runEx(args);
};
