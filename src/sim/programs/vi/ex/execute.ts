import type { Waiting } from '../../../kernel/wait.js';
import { firstNonBlank } from '../../editor/characters.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCommand } from './command.js';
import { EX_COMMANDS } from './names.js';
import type { Range } from './range.js';
import { readRange } from './range.js';

/** Runs a `:` line: commands separated by `|`. Throws E-errors. */
export function* executeLine(editor: Editor, line: string): Waiting<void> {
  let rest: string | undefined = line;
  const said: string[] = [];
  while (rest !== undefined) {
    const { message } = editor;
    rest = yield* executeFirst(editor, rest);
    if (editor.message && editor.message !== message && !editor.message.echo) said.push(editor.message.text);
  }
  if (said.length > 1) printAlone(editor, said);
}

/** More than the bottom line has room for, in the place of the command that was typed. */
function printAlone(editor: Editor, lines: readonly string[]): void {
  editor.executing = '';
  editor.message = undefined;
  editor.printed.push(...lines);
}

/** A range whose end comes first is turned round, if that is meant. */
function* turnedRound(editor: Editor, range: Range): Waiting<Range | undefined> {
  const question = 'Backwards range given, OK to swap (y/n)?';
  if (editor.globalRunning) throw new EditorError('E493: Backwards range given');
  for (;;) {
    editor.message = { text: question, error: false };
    if (!editor.keyboard.waiting) yield* editor.redraw();
    const key = yield* editor.keyboard.next();
    editor.message = undefined;
    if (key === 'y') {
      printAlone(editor, [`${question}y`]);
      return { ...range, first: range.last, last: range.first };
    }
    if (key === 'n' || key === '\x1b' || key === '\x03') {
      editor.say(`${question}n`);
      return undefined;
    }
  }
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
  const ordered = range.first <= range.last ? range : yield* turnedRound(editor, range);
  if (!ordered) return undefined;
  const asked = ordered !== range;
  yield* command.run(editor, { name: command.name, range: ordered, bang, args });
  if (asked && editor.message) printAlone(editor, [editor.message.text]);
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
