import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import { decodeLines, encodeLines } from '../editor/coding.js';
import { textBetween } from './edit.js';
import { occurrence } from './find.js';
import { isSwitch, type StartPlace } from './options.js';
import type { NanoState } from './state.js';

/** `12 lines`. */
export const countOf = (lines: number): string => `${lines} line${lines === 1 ? '' : 's'}`;

/** Reads ~/.nanorc or the file of `-f`; false when that one is not there. */
export function readSettings(state: NanoState, given: string | undefined): boolean {
  const { sys } = state;
  try {
    const path = given ?? `${sys.environment.get('HOME') ?? ''}/.nanorc`;
    const text = Buffer.from(sys.readFile(path)).toString('utf8');
    for (const line of text.split('\n')) {
      const [, verb, name = '', value = ''] = /^\s*(set|unset)\s+(\w+)\s*(\S*)/.exec(line) ?? [];
      if (verb === 'unset') state.switches.delete(name);
      else if (isSwitch(name)) state.switches.add(name);
      else if (name === 'tabsize') state.buffer.options.tabstop = Math.max(1, Number(value) || 1);
      else if (name === 'fill') state.fill = Number(value) || state.fill;
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
    return given === undefined;
  }
  return true;
}

/** Reads the file the editor was started with; the cursor goes where it is asked to. */
export function readFile(state: NanoState, start: StartPlace): void {
  const { name } = state.buffer;
  if (name === undefined || state.has('noread')) return;
  try {
    const bytes = state.sys.readFile(name);
    const { lines, coding } = bytes.length === 0 ? { lines: [], coding: state.buffer.coding } : decodeLines(bytes);
    // Behind the last line there is always an empty one.
    state.buffer.load([...lines, ''], coding);
    state.say(`Read ${countOf(lines.length)}`);
    state.moveTo({ line: (start.line ?? 1) - 1, column: (start.column ?? 1) - 1 }, undefined, 'centre');
    if (start.text !== undefined) {
      state.searched = start.text;
      const found = occurrence(state, { line: 0, column: 0 });
      if (found) {
        state.moveTo(found, undefined, 'centre');
        state.status = undefined;
      } else state.say(`"${start.text}" not found`, true);
    }
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
    const format = state.has('unix') ? 'unix' : buffer.coding.format;
    const bytes = encodeLines(lines, { ...buffer.coding, format, endOfLine: true });
    if (state.has('backup') && name === buffer.name && exists(sys, name)) sys.writeFile(`${name}~`, sys.readFile(name));
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
