import type { Sys } from '../../kernel/sys.js';
import type { TerminalModes } from '../../kernel/terminal.js';
import { RAW } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import { PREEMPT } from '../../kernel/wait.js';
import type { TextBuffer } from '../editor/buffer.js';
import type { Key } from '../editor/decode-key.js';
import { TerminalKeys } from '../editor/terminal-keys.js';
import { oneCommand } from './normal/normal-mode.js';
import { HitEnter } from './screen/hit-enter.js';
import { introRows } from './screen/intro.js';
import { Screen } from './screen/screen.js';
import { showCursor } from './screen/scroll.js';
import type { Editor } from './state/editor.js';
import { Quit } from './state/failures.js';

const ENTER = '\x1b[?1049h\x1b[?1h\x1b=\x1b[?2004h\x1b[H\x1b[2J';
const LEAVE = '\x1b[?2004l\x1b[?1l\x1b>\x1b[?1049l';
const SUSPEND = '\x1a';
const SIGNALS = ['WINCH', 'TERM', 'HUP', 'CONT'] as const;

/** The terminal as the editor has it: raw, with a screen of its own, drawn when nothing is typed ahead. */
export class ViTerminal {
  private readonly editor: Editor;
  private readonly sys: Sys;
  private readonly input: number;
  private readonly keys: TerminalKeys;
  private readonly screen = new Screen();
  private modes: TerminalModes | undefined;
  private entered = false;
  private intro = false;
  private needsEnter = false;

  constructor(editor: Editor, input: number) {
    this.editor = editor;
    this.sys = editor.sys;
    this.input = input;
    this.keys = new TerminalKeys(this.sys, input);
    const { keyboard } = editor;
    keyboard.fromTerminal = () => this.nextKey();
    keyboard.typedAhead = () => this.keys.hasMore;
    keyboard.moreWithin = (span) => this.keys.moreWithin(span);
    keyboard.takePlain = () => this.keys.takePlain();
    editor.redraw = (whole) => this.draw(whole);
    editor.outside = (run) => this.outside(run);
  }

  /** What vim says when it has no terminal. */
  *warn(): Waiting<void> {
    if (!this.sys.terminal(1)) yield* this.sys.write(2, 'Vim: Warning: Output is not to a terminal\n');
    if (!this.sys.terminal(this.input)) yield* this.sys.write(2, 'Vim: Warning: Input is not from a terminal\n');
  }

  *enter(): Waiting<void> {
    for (const signal of SIGNALS) this.sys.onSignal(signal, 'catch');
    for (const signal of ['INT', 'QUIT'] as const) this.sys.onSignal(signal, 'ignore');
    if (this.sys.terminal(this.input)) {
      this.modes = this.sys.terminalModes(this.input);
      this.sys.setTerminalModes(this.input, RAW);
    }
    this.entered = true;
    this.measure();
    yield* this.sys.write(1, ENTER);
    this.screen.forget();
  }

  *leave(): Waiting<void> {
    if (!this.entered) return;
    this.entered = false;
    yield* this.sys.write(1, `\x1b[${this.editor.rows};1H\x1b[K${LEAVE}`);
    if (this.modes) this.sys.setTerminalModes(this.input, this.modes);
  }

  /** Commands until the editor is left. */
  *run(): Waiting<number> {
    const { editor } = this;
    this.intro = editor.buffer.name === undefined && editor.buffer.isEmpty && !editor.buffer.modified;
    for (;;) {
      yield* this.showPrinted();
      if (!editor.keyboard.waiting) yield* this.draw();
      const before = { message: editor.message, top: editor.top, count: editor.buffer.count, buffer: editor.buffer };
      yield* oneCommand(editor);
      showCursor(editor);
      if (this.scrolled(before) && (editor.message === before.message || editor.message?.echo))
        editor.message = undefined;
    }
  }

  /** Whether the terminal's lines were moved, which takes what stands on the bottom line away. */
  private scrolled({ top, count, buffer }: { top: number; count: number; buffer: TextBuffer }): boolean {
    const { editor } = this;
    if (editor.buffer !== buffer) return false;
    const moved = Math.abs(editor.top - top);
    if (moved > 0 && moved < editor.textRows - 1) return true;
    const { from, removed, added } = buffer.lastChange;
    if (buffer.count > count && from + removed <= editor.top) return false;
    return buffer.count !== count && from + added < buffer.count && from < editor.top + editor.textRows;
  }

  private measure(): void {
    const size = this.sys.windowSize(1) ?? this.sys.windowSize(this.input);
    this.editor.rows = Math.max(1, size?.rows || 24);
    this.editor.columns = Math.max(1, size?.columns || 80);
  }

  private *draw(whole = false): Waiting<void> {
    if (whole) this.screen.forget();
    const { editor } = this;
    if (this.intro && (editor.buffer.modified || editor.buffer.name !== undefined || editor.mode !== 'normal'))
      this.intro = editor.mode === 'command' && this.intro;
    let output = whole ? '\x1b[H\x1b[2J' : '';
    output += this.screen.draw(editor);
    if (this.intro && !editor.commandLine) output += introRows(editor);
    if (output !== '') yield* this.sys.write(1, output);
  }

  private *nextKey(): Waiting<Key> {
    for (;;) {
      const key = yield* this.keys.next();
      if (typeof key === 'string') {
        const { editor } = this;
        if (key === SUSPEND && editor.mode === 'normal') {
          yield* this.suspend();
          continue;
        }
        if (this.intro) {
          this.intro = false;
          this.screen.forget();
        }
        return key;
      }
      if (key.event === 'ended') {
        yield* this.sys.write(2, 'Vim: Caught deadly signal TERM\r\nVim: Finished.\r\n');
        throw new Quit(1);
      }
      if (key.event === 'resumed' && this.modes) this.sys.setTerminalModes(this.input, RAW);
      this.measure();
      this.screen.forget();
      yield* this.draw(true);
    }
  }

  /** Ctrl-Z: the whole job stops; when it goes on, everything is drawn again. */
  private *suspend(): Waiting<void> {
    yield* this.leave();
    this.sys.kill(-this.sys.group(), 'TSTP');
    yield PREEMPT;
    this.sys.takeSignal();
    yield* this.enter();
    yield* this.draw(true);
  }

  private *outside<T>(run: () => Waiting<T>): Waiting<T> {
    yield* this.leave();
    let result: T;
    try {
      result = yield* run();
    } finally {
      for (const signal of SIGNALS) this.sys.onSignal(signal, 'catch');
      if (this.modes) this.sys.setTerminalModes(this.input, RAW);
      this.needsEnter = !this.editor.silent;
    }
    if (this.editor.silent) yield* this.enter();
    return result;
  }

  /** What a command has printed is read before anything else is drawn. */
  private *showPrinted(): Waiting<void> {
    const { editor } = this;
    if (this.needsEnter) {
      this.needsEnter = false;
      yield* this.waitForEnter();
      yield* this.enter();
      editor.printed = [];
      return;
    }
    if (editor.printed.length === 0) return;
    const lines = editor.printed;
    editor.printed = [];
    const below = editor.printsBelow;
    editor.printsBelow = false;
    if (!below && lines.length === 1 && (lines[0] as string).length < editor.columns) {
      editor.say(lines[0] as string);
      return;
    }
    yield* new HitEnter(editor, this.screen, (output) => this.sys.write(1, output)).show(lines);
    yield* this.waitForEnter();
    this.screen.forget();
  }

  private *waitForEnter(): Waiting<void> {
    const key = yield* this.editor.keyboard.nextUnnoted();
    if (key !== '\r' && key !== '\n' && key !== ' ' && key !== '\x03' && key !== '\x1b')
      this.editor.keyboard.push([key]);
    this.editor.message = undefined;
  }
}
