import type { TerminalModes } from '../../kernel/terminal.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Shell } from '../state/shell.js';
import type { Candidates } from './candidates.js';
import { commonStart, escapeFor, findCandidates, finished } from './candidates.js';
import type { Outcome } from './editor.js';
import { LineEditor } from './editor.js';
import { HiddenLineView } from './hidden-line-view.js';
import { IncrementalSearch } from './incremental-search.js';
import { KEYS } from './keys.js';
import { listColumns } from './listing.js';
import { wordsBefore } from './parse-line.js';
import { LineView } from './render.js';
import { Typed } from './typed.js';

/** How the reading of a line ended. */
export type LineResult =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'end' }
  | { readonly kind: 'interrupted' };

const QUERY_ITEMS = 100;
const BELL = '\x07';
const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l\r';

/** Reads lines from a terminal with editing, history and completion; one for a shell's whole life. */
export class Readline {
  private readonly ring: string[] = [];
  private readonly typed: Typed;
  private nextPlace: number | undefined;

  constructor(
    private readonly shell: Shell,
    private readonly input: number,
    private readonly output: number,
  ) {
    this.typed = new Typed(shell, input);
  }

  /** Reads one line; the prompt may have several lines and invisible parts. */
  *read(prompt: string): Waiting<LineResult> {
    const { sys } = this.shell;
    const modes = sys.terminalModes(this.input);
    const raw: TerminalModes = { ...modes, echo: false, canonical: false, returnIsNewline: false };
    sys.setTerminalModes(this.input, raw);
    try {
      return yield* this.edit(prompt, modes.echo);
    } finally {
      sys.setTerminalModes(this.input, modes);
    }
  }

  private get columns(): number {
    return this.shell.sys.windowSize(this.output)?.columns || 80;
  }

  private get rows(): number {
    return this.shell.sys.windowSize(this.output)?.rows || 24;
  }

  /** Whether the terminal is asked to mark what is pasted; busybox's editing knows nothing of it. */
  private get pastes(): boolean {
    return !this.shell.dialect && this.shell.variables.get('TERM') !== 'dumb';
  }

  private *edit(prompt: string, echo: boolean): Waiting<LineResult> {
    const view = echo ? new LineView(this.columns, this.rows) : new HiddenLineView(this.columns, this.rows);
    const editor = new LineEditor(this.shell.history, this.ring);
    if (this.nextPlace !== undefined) editor.goTo(this.nextPlace);
    this.nextPlace = undefined;
    yield* this.show((this.pastes ? PASTE_ON : '') + view.begin(prompt));
    if (editor.buffer.text !== '') yield* this.refresh(view, editor);
    let tabs = 0;
    for (;;) {
      const key = yield* this.typed.next();
      if (key === 'interrupted') {
        yield* this.show(`^C${this.pastes ? PASTE_OFF : ''}\r\n`);
        this.typed.clear();
        return { kind: 'interrupted' };
      }
      if (key === 'resized') {
        view.resize(this.columns, this.rows);
        yield* this.show(view.redraw(editor.buffer.chars, editor.buffer.cursor));
        continue;
      }
      if (key === undefined) return yield* this.leave(view, editor, { kind: 'end' }, false);
      const action = KEYS.get(key);
      tabs = action === 'complete' ? tabs + 1 : 0;
      if (action === undefined) {
        if (/^[^\x00-\x1f\x7f]/.test(key)) editor.insert(key);
        else yield* this.show(BELL);
        if (!this.typed.hasPlainText) yield* this.refresh(view, editor);
        continue;
      }
      const result = yield* this.react(editor.perform(action), view, editor, tabs);
      if (result) return result;
    }
  }

  private *react(outcome: Outcome, view: LineView, editor: LineEditor, tabs: number): Waiting<LineResult | undefined> {
    switch (outcome) {
      case 'changed':
        yield* this.refresh(view, editor);
        return undefined;
      case 'bell':
        yield* this.show(BELL);
        return undefined;
      case 'next':
        this.nextPlace = editor.position < this.shell.history.length ? editor.position + 1 : undefined;
        return yield* this.leave(view, editor, { kind: 'line', text: editor.buffer.text });
      case 'accept':
        return yield* this.leave(view, editor, { kind: 'line', text: editor.buffer.text });
      case 'end':
        return yield* this.leave(view, editor, { kind: 'end' }, false);
      case 'clear':
        view.cleared();
        yield* this.show(`\x1b[H\x1b[2J${view.redraw(editor.buffer.chars, editor.buffer.cursor)}`);
        return undefined;
      case 'quote': {
        const key = yield* this.typed.nextRaw();
        if (key !== undefined) editor.insert(key);
        yield* this.refresh(view, editor);
        return undefined;
      }
      case 'paste':
        editor.buffer.insert(yield* this.typed.pasted());
        yield* this.refresh(view, editor);
        return undefined;
      case 'search':
      case 'search-forward':
        return yield* this.search(view, editor, outcome === 'search' ? -1 : 1);
      default:
        yield* this.complete(view, editor, outcome === 'list' ? 2 : tabs);
        return undefined;
    }
  }

  private *refresh(view: LineView, editor: LineEditor): Waiting<void> {
    yield* this.show(view.update(editor.buffer.chars, editor.buffer.cursor));
  }

  private *leave(view: LineView, editor: LineEditor, result: LineResult, newline = true): Waiting<LineResult> {
    yield* this.show(
      (newline ? view.finish(editor.buffer.chars) : '') + (this.pastes ? PASTE_OFF : '') + (newline ? '' : '\r\n'),
    );
    return result;
  }

  /** Writes to the terminal; bytes are as they should appear, so newlines carry their own return. */
  private *show(text: string): Waiting<void> {
    if (text === '') return;
    yield* this.shell.write(this.output, text.replaceAll('\r\n', '\n'));
  }

  /** Ctrl-R: searches while one types; any other key takes what was found and acts on it. */
  private *search(view: LineView, editor: LineEditor, direction: -1 | 1): Waiting<LineResult | undefined> {
    const start = editor.position;
    const original = editor.buffer.text;
    const search = new IncrementalSearch(this.shell.history, Math.min(start, this.shell.history.length), direction);
    const prompt = view.promptText;
    for (;;) {
      const shown = search.text === '' ? [...original] : [...search.found];
      yield* this.show(
        view.redraw(
          shown,
          Math.min(search.text === '' ? shown.length : [...search.found.slice(0, search.offset)].length, shown.length),
          search.prompt,
        ),
      );
      const key = yield* this.typed.next();
      if (key === undefined || key === 'interrupted' || key === '\x07') {
        yield* this.show(view.redraw(editor.buffer.chars, editor.buffer.cursor, prompt));
        if (key === 'interrupted') {
          yield* this.show(`^C${this.pastes ? PASTE_OFF : ''}\r\n`);
          return { kind: 'interrupted' };
        }
        return undefined;
      }
      if (key === 'resized') view.resize(this.columns, this.rows);
      else if (key === '\x12') search.again(-1);
      else if (key === '\x13') search.again(1);
      else if (key === '\x7f' || key === '\x08') search.erase(start);
      else if (!KEYS.has(key) && /^[^\x00-\x1f\x7f]/.test(key)) search.type(key);
      else {
        if (search.text !== '' && search.found !== '') {
          const { offset, place } = search;
          editor.goTo(place);
          editor.buffer.move([...search.found.slice(0, offset)].length);
        }
        yield* this.show(view.redraw(editor.buffer.chars, editor.buffer.cursor, prompt));
        const action = KEYS.get(key);
        return action && key !== '\x1b' ? yield* this.react(editor.perform(action), view, editor, 1) : undefined;
      }
    }
  }

  /** Tab: completes as far as it is clear, and lists what is possible when pressed again. */
  private *complete(view: LineView, editor: LineEditor, tabs: number): Waiting<void> {
    const { buffer } = editor;
    const at = wordsBefore(buffer.before);
    const found = yield* findCandidates(this.shell, at, buffer.text, buffer.cursor);
    if (found.items.length === 0) return yield* this.show(BELL);
    const from =
      buffer.cursor -
      [...at.raw].length +
      [...at.raw.slice(0, at.raw.length - rawLength(at.raw, found.replaces))].length;
    const quote = at.quote;
    const opening = quote !== '' && from === buffer.cursor - [...at.raw].length ? quote : '';
    if (found.items.length === 1) {
      buffer.replace(from, buffer.cursor, opening + finished(this.shell, found.items[0] as string, found, quote));
      return yield* this.refresh(view, editor);
    }
    const start = commonStart(found.items);
    if (start.length > found.replaces.length && start.startsWith(found.replaces)) {
      buffer.replace(from, buffer.cursor, opening + (found.files ? escapeFor(start, quote) : start));
      yield* this.refresh(view, editor);
      return yield* this.show(BELL);
    }
    if (tabs < 2) return yield* this.show(BELL);
    yield* this.list(view, editor, found);
  }

  private *list(view: LineView, editor: LineEditor, found: Candidates): Waiting<void> {
    yield* this.show(view.finish(editor.buffer.chars));
    const { items } = found;
    if (items.length > QUERY_ITEMS) {
      yield* this.show(`Display all ${items.length} possibilities? (y or n)`);
      const key = yield* this.typed.next();
      yield* this.show('\r\n');
      if (key !== 'y' && key !== 'Y' && key !== ' ')
        return yield* this.show(view.redraw(editor.buffer.chars, editor.buffer.cursor));
    }
    const shown = found.files ? items.map((item) => item.replace(/^.*\/(?=.)/, '')) : items;
    for (const line of listColumns(shown, this.columns)) yield* this.show(`${line}\r\n`);
    yield* this.show(view.redraw(editor.buffer.chars, editor.buffer.cursor));
  }
}

/** How much of a word as typed stands for the meant text at its end. */
function rawLength(raw: string, meant: string): number {
  if (raw.endsWith(meant)) return meant.length;
  const cut = Math.max(raw.lastIndexOf('='), raw.lastIndexOf(':'));
  return /[=:]/.test(meant) ? raw.length : raw.length - cut - 1;
}
