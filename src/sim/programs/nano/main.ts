import { isErrno } from '../../kernel/errno.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import { RAW } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import { decodeLines } from '../editor/coding.js';
import { TerminalKeys } from '../editor/terminal-keys.js';
import { editOutside } from '../own-editor.js';
import * as edit from './edit.js';
import { countOf, readFile, readSettings, writeTo } from './files.js';
import { findNext, occurrence } from './find.js';
import { SIMPLE_KEYS } from './keys.js';
import { type NanoArguments, RefusedArguments, readArguments } from './options.js';
import { NanoScreen } from './screen.js';
import { NanoState } from './state.js';
import { HELP, VERSION_TEXT } from './usage.js';

const ENTER = '\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J';
const LEAVE = '\x1b[?2004l\x1b[?1049l';

/** nano: an editor whose keys stand at the bottom of the screen. */
export function* runNano(sys: Sys): Waiting<number> {
  let args: NanoArguments;
  try {
    args = readArguments(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof RefusedArguments)) throw error;
    yield* sys.write(2, error.message);
    return 1;
  }
  if (args.shows) {
    yield* sys.write(1, args.shows === 'help' ? HELP : VERSION_TEXT);
    return 0;
  }
  if (!sys.terminal(0) || !sys.terminal(1)) {
    yield* sys.write(2, 'Standard input is not a terminal\n');
    return 1;
  }
  const [first] = args.files;
  const paths = first ? [first.name] : [];
  const outside = yield* editOutside(sys, { paths, readonly: args.switches.has('view') });
  if (outside !== undefined) return outside;
  const nano = new Nano(sys, first?.name);
  const { state } = nano;
  if (!args.switches.has('ignorercfiles') && !readSettings(state, args.rcfile)) {
    yield* sys.write(2, 'Specified rcfile does not exist\n');
    return 1;
  }
  for (const each of args.switches) state.switches.add(each);
  state.fill = args.fill ?? state.fill;
  state.buffer.options.tabstop = args.tabsize ?? state.buffer.options.tabstop;
  readFile(state, first?.start ?? {});
  return yield* nano.run();
}

/** Whether a key would change the text, which -v does not allow. */
const changes = (key: string): boolean =>
  /^(?:[\x04\x08\t\n\x0b\r\x0f\x12\x15\x1c\x7f]|<del>|M-[ue])$/.test(key) ||
  key.startsWith('<paste:') ||
  /^[^\x00-\x1f\x7f]$/u.test(key);

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
    state.countDown();
    const simple = SIMPLE_KEYS.get(key);
    if (state.has('view') && changes(key)) state.say('Key is invalid in view mode', true);
    else if (simple) simple(state);
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
        findNext(this.state);
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
    this.state.status = undefined;
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
    this.state.status = undefined;
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
    if (this.state.has('saveonexit') && this.state.buffer.name !== undefined) {
      this.ended = writeTo(this.state, this.state.buffer.name);
      return;
    }
    const answer = yield* this.yesNo('Save modified buffer? ');
    if (answer === 'n') this.ended = true;
    if (answer === 'y' && (yield* this.writeOut())) this.ended = true;
  }

  private *writeOut(): Waiting<boolean> {
    const { state, sys } = this;
    const { buffer } = state;
    const part = state.mark !== undefined;
    const label = part ? 'Write Selection to File:' : 'File Name to Write:';
    const name = yield* this.ask('write', label, part ? '' : (buffer.name ?? ''));
    if (name === undefined) return false;
    if (name === '') {
      state.say('Cancelled');
      return false;
    }
    if (name !== buffer.name) {
      const question = exists(sys, name)
        ? `File "${name}" exists; OVERWRITE? `
        : buffer.name !== undefined && !part
          ? 'Save file under DIFFERENT NAME? '
          : undefined;
      if (question !== undefined && (yield* this.yesNo(question)) !== 'y') return false;
    }
    return writeTo(state, name);
  }

  private *search(): Waiting<void> {
    const { state } = this;
    const label = state.searched === '' ? 'Search:' : `Search [${state.searched}]:`;
    const typed = yield* this.ask('search', label);
    if (typed === undefined) return;
    if (typed !== '') state.searched = typed;
    findNext(state);
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
    let at = origin;
    for (;;) {
      const found = occurrence(state, at);
      if (!found) break;
      if (!all) {
        state.moveTo(found, undefined, 'centre');
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

  private *goToLine(): Waiting<void> {
    const typed = yield* this.ask('line', 'Enter line number, column number:');
    if (typed === undefined) return;
    const found = /^\s*(\d+)?\s*(?:[,.;: ]\s*(\d+))?\s*$/.exec(typed);
    if (!found || typed.trim() === '')
      return this.state.say(typed.trim() === '' ? 'Cancelled' : 'Invalid line or column number', true);
    const line = found[1] === undefined ? this.state.cursor.line : Number(found[1]) - 1;
    this.state.moveTo({ line, column: Number(found[2] ?? 1) - 1 }, undefined, 'centre');
  }

  private *insertFile(): Waiting<void> {
    const name = yield* this.ask('insert', 'File to insert [from ./]:');
    if (name === undefined || name === '') return;
    try {
      const { lines } = decodeLines(this.sys.readFile(name));
      edit.insert(this.state, `${lines.join('\n')}\n`);
      this.state.say(`Inserted ${countOf(lines.length)}`);
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.state.say(
        error.code === 'ENOENT' ? `File "${name}" not found` : `Error reading ${name}: ${error.message}`,
        true,
      );
    }
  }
}
