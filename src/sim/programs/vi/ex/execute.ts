import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCommand } from './command.js';
import { EX_COMMANDS } from './names.js';
import { readRange } from './range.js';

/** Runs a `:` line: commands separated by `|`. Throws E-errors. */
export function* executeLine(editor: Editor, line: string): Waiting<void> {
  let rest: string | undefined = line;
  while (rest !== undefined) rest = yield* executeFirst(editor, rest);
}

function findCommand(name: string): ExCommand | undefined {
  return EX_COMMANDS.find((command) => command.name.startsWith(name) && name.length >= command.short.length);
}

function unknown(line: string): EditorError {
  return new EditorError(`E492: Not an editor command: ${line.trim()}`);
}

/** Runs the first command of a line; gives what follows its `|`. */
function* executeFirst(editor: Editor, line: string): Waiting<string | undefined> {
  const trimmed = line.replace(/^[\s:]+/, '');
  if (trimmed === '' || trimmed.startsWith('"')) return undefined;
  const { range, rest } = readRange(editor, trimmed);
  const body = rest.replace(/^[\s:]+/, '');
  if (body === '' || body.startsWith('|')) {
    if (range.given > 0) goTo(editor, range.last);
    return body.startsWith('|') ? body.slice(1) : undefined;
  }
  const { name, after } = commandName(body);
  const command = findCommand(name);
  if (!command || name === '') throw unknown(line);
  const bang = after.startsWith('!') && command.name !== '!';
  const tail = (bang ? after.slice(1) : after).replace(/^[ \t]+/, '');
  const { args, next } = command.takesBar || tail.startsWith('!') ? { args: tail, next: undefined } : splitBar(tail);
  if (range.given > 0 && !command.ranges) throw new EditorError(`E481: No range allowed: ${line.trim()}`);
  checkRange(editor, range.first, range.last);
  const ordered = range.first <= range.last ? range : { ...range, first: range.last, last: range.first };
  yield* command.run(editor, { name: command.name, range: ordered, bang, args });
  return next;
}

function checkRange(editor: Editor, first: number, last: number): void {
  if (first < -1 || last < -1 || last >= editor.buffer.count || first >= editor.buffer.count)
    throw new EditorError('E16: Invalid range');
}

function goTo(editor: Editor, wanted: number): void {
  const line = Math.max(0, Math.min(wanted, editor.buffer.count - 1));
  editor.rememberJump();
  editor.moveTo({ line, column: firstNonBlank(editor.buffer.line(line)) });
}

/** The name of a command: letters, or one of the signs that are commands. `s`, `d`, `k` and `g` may be followed at once. */
function commandName(body: string): { name: string; after: string } {
  const sign = /^(?:[!=&<>@~#*]|<+|>+)/.exec(body);
  if (sign) {
    const [text] = sign;
    return { name: text.slice(0, 1), after: body.slice(1) };
  }
  const letters = /^[A-Za-z]+/.exec(body)?.[0] ?? '';
  if (/^k[a-zA-Z']$/.test(letters)) return { name: 'k', after: body.slice(1) };
  if (/^d[lp]?$/.test(letters)) return { name: 'd', after: body.slice(letters.length) };
  if (/^s(?:[cgriIenp&]+)?$/.test(letters) && !findCommandExactly(letters)) return { name: 's', after: body.slice(1) };
  return { name: letters, after: body.slice(letters.length) };
}

function findCommandExactly(name: string): boolean {
  return (
    name !== 's' && EX_COMMANDS.some((command) => command.name.startsWith(name) && name.length >= command.short.length)
  );
}

function splitBar(text: string): { args: string; next: string | undefined } {
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\' || text[at] === '\x16') at += 1;
    else if (text[at] === '|') return { args: text.slice(0, at).trimEnd(), next: text.slice(at + 1) };
  }
  return { args: text, next: undefined };
}
