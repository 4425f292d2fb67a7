import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import { decodeLines, encodeLines } from '../editor/coding.js';
import { textBetween } from './edit.js';
import type { NanoState } from './state.js';

/** `12 lines`. */
export const countOf = (lines: number): string => `${lines} line${lines === 1 ? '' : 's'}`;

/** Reads ~/.nanorc, of which it knows what indents. */
export function readSettings(state: NanoState): void {
  const { sys } = state;
  try {
    const text = Buffer.from(sys.readFile(`${sys.environment.get('HOME') ?? ''}/.nanorc`)).toString('utf8');
    for (const line of text.split('\n')) {
      if (/^set autoindent/.test(line)) state.autoindent = true;
      if (/^set tabstospaces/.test(line)) state.tabsToSpaces = true;
      const size = /^set tabsize (\d+)/.exec(line);
      if (size) state.buffer.options.tabstop = Math.max(1, Number(size[1]));
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

/** Reads the file the editor was started with; the cursor goes to a line, from 0. */
export function readFile(state: NanoState, line: number): void {
  const { name } = state.buffer;
  if (name === undefined) return;
  try {
    const bytes = state.sys.readFile(name);
    const { lines, coding } = bytes.length === 0 ? { lines: [], coding: state.buffer.coding } : decodeLines(bytes);
    // Behind the last line there is always an empty one.
    state.buffer.load([...lines, ''], coding);
    state.say(`Read ${countOf(lines.length)}`);
    state.moveTo({ line, column: 0 }, undefined, 'centre');
  } catch (error) {
    if (!isErrno(error)) throw error;
    const missing = error.code === 'ENOENT';
    state.say(missing ? 'New File' : `Error reading ${name}: ${error.message}`, !missing);
  }
}

/** Writes the text, or what is marked of it; says how much. False when it could not. */
export function writeTo(state: NanoState, name: string): boolean {
  const { sys, buffer } = state;
  const all = state.mark ? textBetween(state) : buffer.lines;
  const lines = all.at(-1) === '' ? all.slice(0, -1) : all;
  try {
    const bytes = encodeLines(lines, { ...buffer.coding, endOfLine: true });
    sys.writeFile(name, bytes, exists(sys, name) ? undefined : 0o666 & ~sys.umask());
  } catch (error) {
    if (!isErrno(error)) throw error;
    state.say(`Error writing ${name}: ${error.message}`, true);
    return false;
  }
  if (!state.mark) {
    if (buffer.lines.at(-1) !== '') buffer.lines.push('');
    buffer.name = name;
    buffer.modified = false;
  }
  state.say(`Wrote ${countOf(lines.length)}`);
  return true;
}
