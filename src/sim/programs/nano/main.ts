import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { RAW } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import { editOutside } from '../own-editor.js';
import { TerminalKeys } from '../vi/keys/terminal-keys.js';
import { decodeLines, encodeLines } from '../vi/text/coding.js';
import * as edit from './edit.js';
import { NanoScreen } from './screen.js';
import { NanoState } from './state.js';

const ENTER = '\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J';
const LEAVE = '\x1b[?2004l\x1b[?1049l';

/** nano: an editor whose keys stand at the bottom of the screen. */
export function* runNano(sys: Sys): Waiting<number> {
  if (!sys.terminal(0) || !sys.terminal(1)) {
    yield* sys.write(2, 'Standard input is not a terminal\n');
    return 1;
  }
  const files = sys.args.slice(1).filter((arg) => !/^[-+]/.test(arg));
  const start = /^\+(\d+)/.exec(sys.args.find((arg) => arg.startsWith('+')) ?? '');
  const readonly = sys.args.includes('-v');
  const outside = yield* editOutside(sys, { paths: files.slice(0, 1), readonly });
  if (outside !== undefined) return outside;
  const nano = new Nano(sys, files[0]);
  nano.state.readonlyView = readonly;
  nano.open(start ? Number(start[1]) - 1 : 0);
  return yield* nano.run();
}

class Nano {
  readonly state: NanoState;
  private readonly sys: Sys;
  private readonly keys: TerminalKeys;
  private readonly screen = new NanoScreen();
  private ended = false;

  constructor(sys: Sys, name: string | undefined) {
    this.sys = sys;
    this.state = new NanoState(sys, name);
    this.keys = new TerminalKeys(sys, 0);
  }

  /** Reads ~/.nanorc and the file. */
  open(line: number): void {
    const { sys, state } = this;
    this.settings();
    const { name } = state.buffer;
    if (name === undefined) return;
    try {
      const { lines, coding } = decodeLines(sys.readFile(name));
      // What ends in a newline is followed by an empty line here.
      state.buffer.load(coding.endOfLine ? [...lines, ''] : lines, coding);
      state.say(`Read ${lines.length} line${lines.length === 1 ? '' : 's'}`);
      state.moveTo({ line, column: 0 });
    } catch (error) {
      if (!isErrno(error)) throw error;
      const missing = error.code === 'ENOENT';
      state.say(missing ? 'New File' : `Error reading ${name}: ${error.message}`, !missing);
    }
  }

  private settings(): void {
    const { sys, state } = this;
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

  *run(): Waiting<number> {
    const modes = this.sys.terminalModes(0);
    for (const signal of ['WINCH', 'TERM', 'HUP', 'CONT'] as const) this.sys.onSignal(signal, 'catch');
    yield* this.enter();
    try {
      while (!this.ended) yield* this.command(yield* this.key());
    } finally {
      yield* this.sys.write(1, LEAVE);
      this.sys.setTerminalModes(0, modes);
    }
    return 0;
  }

  private *enter(): Waiting<void> {
    this.sys.setTerminalModes(0, RAW);
    yield* this.sys.write(1, ENTER);
    this.screen.forget();
    this.measure();
  }

  private measure(): void {
    const size = this.sys.windowSize(1);
    this.state.rows = Math.max(1, size?.rows ?? 24);
    this.state.columns = Math.max(1, size?.columns ?? 80);
  }

  private *key(prompt?: { menu: string; label: string; answer: string }): Waiting<string> {
    for (;;) {
      if (!this.keys.hasMore) yield* this.sys.write(1, this.screen.draw(this.state, prompt));
      const key = yield* this.keys.next();
      if (typeof key === 'string')
        return key === '\x1b' && this.keys.hasMore ? `M-${(yield* this.key(prompt)).toLowerCase()}` : key;
      if (key.event === 'ended') {
        this.ended = true;
        return '';
      }
      if (key.event === 'resumed') yield* this.enter();
      this.measure();
      this.screen.forget();
      yield* this.sys.write(1, '\x1b[H\x1b[2J');
    }
  }

  private *command(key: string): Waiting<void> {
    const { state } = this;
    if (!/^(?:\x0b|M-6)$/.test(key)) state.cutting = false;
    if (key !== '') state.status = undefined;
    const simple = SIMPLE.get(key);
    if (simple) simple(state);
    else if (key.startsWith('<paste:')) edit.insert(state, key.slice(7).replace(/\r\n?/g, '\n'));
    else if (key >= ' ' && key.length <= 2 && key !== '\x7f') edit.insert(state, key);
    else yield* this.dialog(key);
    if (/^(?:\x0b|M-6)$/.test(key)) state.cutting = true;
    if (!/^[^\x00-\x1f\x7f]$/u.test(key)) state.buffer.history.close();
  }

  private *dialog(key: string): Waiting<void> {
    switch (key) {
      case '\x18':
        return yield* this.exit();
      case '\x0f':
        yield* this.writeOut();
        return;
      case '\x17':
        return yield* this.search();
      case 'M-w':
        this.find(this.state.searched);
        return;
      case '\x1c':
        return yield* this.replace();
      case '\x1f':
      case 'M-g':
        return yield* this.goToLine();
      case '\x12':
        return yield* this.insertFile();
      case '\x1a':
        return yield* this.suspend();
      default:
        return undefined;
    }
  }

  private *suspend(): Waiting<void> {
    yield* this.sys.write(1, LEAVE);
    this.sys.kill(-this.sys.group(), 'TSTP');
    yield PREEMPT;
    this.sys.takeSignal();
    yield* this.enter();
  }

  /** Asks for a line; undefined when it was cancelled. */
  private *ask(menu: string, label: string, initial = ''): Waiting<string | undefined> {
    let answer = initial;
    for (;;) {
      const key = yield* this.key({ menu, label, answer });
      if (this.ended || key === '\x03') {
        this.state.say('Cancelled');
        return undefined;
      }
      if (key === '\r') return answer;
      if (key === '\x7f' || key === '\x08') answer = [...answer].slice(0, -1).join('');
      else if (key === '\x15' || key === '\x0b') answer = '';
      else if (key >= ' ' && !key.startsWith('<') && !key.startsWith('M-')) answer += key;
    }
  }

  private *yesNo(label: string, menu = 'yesNo'): Waiting<'y' | 'n' | 'a' | undefined> {
    for (;;) {
      const key = (yield* this.key({ menu, label, answer: '' })).toLowerCase();
      if (key === 'y' || key === 'n' || (key === 'a' && menu !== 'yesNo')) return key;
      if (key === '\x03' || this.ended) {
        this.state.say('Cancelled');
        return undefined;
      }
    }
  }

  private *exit(): Waiting<void> {
    if (!this.state.buffer.modified) {
      this.ended = true;
      return;
    }
    const answer = yield* this.yesNo('Save modified buffer? ');
    if (answer === 'n') this.ended = true;
    if (answer === 'y' && (yield* this.writeOut())) this.ended = true;
  }

  private *writeOut(): Waiting<boolean> {
    const { state, sys } = this;
    const { buffer } = state;
    const name = yield* this.ask('write', 'File Name to Write:', buffer.name ?? '');
    if (name === undefined) return false;
    if (name === '') {
      state.say('Cancelled');
      return false;
    }
    if (name !== buffer.name && this.exists(name)) {
      if ((yield* this.yesNo(`File "${name}" exists; OVERWRITE? `)) !== 'y') return false;
    }
    const lines = buffer.lines.at(-1) === '' ? buffer.lines.slice(0, -1) : buffer.lines;
    try {
      sys.writeFile(
        name,
        encodeLines(lines, { ...buffer.coding, endOfLine: true }),
        this.exists(name) ? undefined : 0o666 & ~sys.umask(),
      );
    } catch (error) {
      if (!isErrno(error)) throw error;
      state.say(`Error writing ${name}: ${error.message}`, true);
      return false;
    }
    if (buffer.lines.at(-1) !== '') buffer.lines.push('');
    buffer.name = name;
    buffer.modified = false;
    state.say(`Wrote ${lines.length} line${lines.length === 1 ? '' : 's'}`);
    return true;
  }

  private exists(name: string): boolean {
    try {
      this.sys.stat(name);
      return true;
    } catch (error) {
      if (isErrno(error)) return false;
      throw error;
    }
  }

  private *search(): Waiting<void> {
    const { state } = this;
    const label = state.searched === '' ? 'Search:' : `Search [${state.searched}]:`;
    const typed = yield* this.ask('search', label);
    if (typed === undefined) return;
    if (typed !== '') state.searched = typed;
    this.find(state.searched);
  }

  /** The next place behind the cursor, from the top again at the end; letters are alike in both cases. */
  private find(text: string): boolean {
    const { state } = this;
    if (text === '') {
      state.say('No current search pattern');
      return false;
    }
    const wanted = text.toLowerCase();
    const { count } = state.buffer;
    for (let step = 0; step <= count; step += 1) {
      const line = (state.cursor.line + step) % count;
      const found = state.buffer
        .line(line)
        .toLowerCase()
        .indexOf(wanted, step === 0 ? state.cursor.column + 1 : 0);
      if (found < 0) continue;
      if (line === state.cursor.line && found === state.cursor.column) state.say('This is the only occurrence');
      else if (state.cursor.line + step >= count) state.say('Search Wrapped');
      state.moveTo({ line, column: found });
      return true;
    }
    state.say(`"${text}" not found`, true);
    return false;
  }

  private *replace(): Waiting<void> {
    const { state } = this;
    const label = state.searched === '' ? 'Search (to replace):' : `Search (to replace) [${state.searched}]:`;
    const typed = yield* this.ask('replace', label);
    if (typed === undefined) return;
    if (typed !== '') state.searched = typed;
    const put = yield* this.ask('with', 'Replace with:');
    if (put === undefined) return;
    const origin = state.cursor;
    let replaced = 0;
    let all = false;
    let at = { line: 0, column: 0 };
    at = origin;
    for (;;) {
      const found = this.occurrence(state.searched, at);
      if (!found) break;
      if (!all) {
        state.moveTo(found);
        const answer = yield* this.yesNo('Replace this instance?', 'replaceYesNo');
        if (answer === undefined) break;
        all = answer === 'a';
        if (answer === 'n') {
          at = { line: found.line, column: found.column + state.searched.length };
          continue;
        }
      }
      const line = state.buffer.line(found.line);
      state.buffer.setLine(
        found.line,
        line.slice(0, found.column) + put + line.slice(found.column + state.searched.length),
      );
      replaced += 1;
      at = { line: found.line, column: found.column + put.length };
    }
    state.moveTo(origin);
    state.say(`Replaced ${replaced} occurrence${replaced === 1 ? '' : 's'}`);
  }

  private occurrence(
    text: string,
    from: { line: number; column: number },
  ): { line: number; column: number } | undefined {
    const { buffer } = this.state;
    for (let { line, column } = from; line < buffer.count && text !== ''; line += 1, column = 0) {
      const found = buffer.line(line).toLowerCase().indexOf(text.toLowerCase(), column);
      if (found >= 0) return { line, column: found };
    }
    return undefined;
  }

  private *goToLine(): Waiting<void> {
    const typed = yield* this.ask('line', 'Enter line number, column number:');
    if (typed === undefined) return;
    const found = /^\s*(\d+)?\s*(?:[,.;: ]\s*(\d+))?\s*$/.exec(typed);
    if (!found || typed.trim() === '')
      return this.state.say(typed.trim() === '' ? 'Cancelled' : 'Invalid line or column number', true);
    const line = found[1] === undefined ? this.state.cursor.line : Number(found[1]) - 1;
    this.state.moveTo({ line, column: Number(found[2] ?? 1) - 1 });
  }

  private *insertFile(): Waiting<void> {
    const name = yield* this.ask('insert', 'File to insert [from ./]:');
    if (name === undefined || name === '') return;
    try {
      const { lines } = decodeLines(this.sys.readFile(name));
      edit.insert(this.state, `${lines.join('\n')}\n`);
      this.state.say(`Inserted ${lines.length} line${lines.length === 1 ? '' : 's'}`);
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.state.say(
        error.code === 'ENOENT' ? `File "${name}" not found` : `Error reading ${name}: ${error.message}`,
        true,
      );
    }
  }
}

function location(state: NanoState): void {
  const { buffer, cursor, line } = state;
  const share = (part: number, whole: number): string => `${whole === 0 ? 0 : Math.floor((100 * part) / whole)}%`;
  const total = buffer.lines.reduce((sum, text) => sum + text.length + 1, -1);
  const before = buffer.lines.slice(0, cursor.line).reduce((sum, text) => sum + text.length + 1, cursor.column);
  const column = cursor.column + 1;
  state.say(
    `line ${cursor.line + 1}/${buffer.count} (${share(cursor.line + 1, buffer.count)}), col ${column}/${line.length + 1} (${share(column, line.length + 1)}), char ${before}/${total} (${share(before, total)})`,
  );
}

function toggleMark(state: NanoState): void {
  state.say(state.mark ? 'Mark Unset' : 'Mark Set');
  state.mark = state.mark ? undefined : state.cursor;
}

const home = (state: NanoState): void => state.moveTo({ line: state.cursor.line, column: 0 });
const end = (state: NanoState): void => state.moveTo({ line: state.cursor.line, column: state.line.length });
const page =
  (direction: -1 | 1) =>
  (state: NanoState): void =>
    edit.vertical(state, direction * Math.max(1, state.textRows - 2));

const SIMPLE: ReadonlyMap<string, (state: NanoState) => void> = new Map<string, (state: NanoState) => void>([
  ['\r', edit.newline],
  ['\t', edit.tab],
  ['\x7f', edit.backspace],
  ['\x08', edit.backspace],
  ['<del>', edit.remove],
  ['\x04', edit.remove],
  ['<left>', edit.left],
  ['\x02', edit.left],
  ['<right>', edit.right],
  ['\x06', edit.right],
  ['<up>', (state) => edit.vertical(state, -1)],
  ['\x10', (state) => edit.vertical(state, -1)],
  ['<down>', (state) => edit.vertical(state, 1)],
  ['\x0e', (state) => edit.vertical(state, 1)],
  ['\x01', home],
  ['<home>', home],
  ['\x05', end],
  ['<end>', end],
  ['<pageup>', page(-1)],
  ['\x19', page(-1)],
  ['<pagedown>', page(1)],
  ['\x16', page(1)],
  ['M-\\', (state) => state.moveTo({ line: 0, column: 0 })],
  [
    'M-/',
    (state) => state.moveTo({ line: state.buffer.count - 1, column: state.buffer.line(state.buffer.count - 1).length }),
  ],
  ['\x0b', edit.cut],
  ['M-6', edit.copy],
  ['\x15', (state) => edit.insert(state, state.cutText.join('\n'))],
  ['\x1e', toggleMark],
  ['M-a', toggleMark],
  ['M-u', (state) => edit.undo(state, 'undo')],
  ['M-e', (state) => edit.undo(state, 'redo')],
  ['\x03', location],
]);
