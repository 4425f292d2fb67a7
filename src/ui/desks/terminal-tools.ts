import type { MouseReport } from '../keys/tokens.js';
import type { Pane } from '../pane/pane.js';
import { labLayout } from '../screens/lab-layout.js';
import { lastScroll } from '../screens/scroll-room.js';
import type { Intent } from '../store/event.js';
import type { LabState, State } from '../store/state.js';
import type { Store } from '../store/store.js';
import { say } from '../words/words.js';

/** Rows that a turn of the wheel moves by. */
const WHEEL_ROWS = 3;
/** Bits of a button's number, as xterm reports it. */
const WHEEL = 64;
const QUERY_MAX = 60;

const UP = Buffer.from('\x1b[A'.repeat(WHEEL_ROWS));
const DOWN = Buffer.from('\x1b[B'.repeat(WHEEL_ROWS));

/** What the tools work on. */
export interface TerminalToolsParts {
  readonly store: Store;
  readonly pane: () => Pane | undefined;
  /** Bytes for the terminal. */
  readonly type: (bytes: Uint8Array) => void;
  readonly notice: (title: string, text: string) => void;
}

/** What one does with a terminal besides typing: scroll back, by keys or the wheel, and search. */
export class TerminalTools {
  private readonly parts: TerminalToolsParts;
  private pressed: MouseReport | undefined;
  private toldOfSelecting = false;

  constructor(parts: TerminalToolsParts) {
    this.parts = parts;
  }

  /** Whether the wheel is to scroll now; it does not where the program in the terminal asked for the mouse itself. */
  get wantsMouse(): boolean {
    const { mouse, screen, overlay } = this.parts.store.get();
    return mouse && screen.name === 'lab' && overlay === null && !this.parts.pane()?.wantsMouse;
  }

  /** Scrolls the terminal where that is what a key means; false when it is not. */
  scroll({ overlay, screen, lab, size }: State, intent: Intent): boolean {
    if (overlay !== null || screen.name !== 'lab') return false;
    if (lab?.focus !== 'scrollback' && lab?.focus !== 'found') return false;
    const page = Math.max(1, size.rows >> 1);
    const moves: Partial<Record<Intent, number>> = {
      up: -1,
      down: 1,
      'page-up': -page,
      'page-down': page,
      home: -1e6,
      end: 1e6,
    };
    const move = moves[intent];
    if (move !== undefined) this.parts.pane()?.scroll(move);
    return move !== undefined;
  }

  /** Searches as a key asks for it. */
  perform({ screen, lab }: State, intent: Intent): void {
    if (screen.name !== 'lab') return;
    // Another search begins, or this one is over: nothing is marked.
    if (intent === 'find') this.parts.pane()?.find('');
    if (!lab?.find) return;
    const { query } = lab.find;
    if (intent === 'edit-erase') this.look([...query].slice(0, -1).join(''));
    if (intent === 'task') this.parts.pane()?.find('');
    if (intent !== 'find-older' && intent !== 'find-newer') return;
    const found = this.parts.pane()?.findNext(intent === 'find-older' ? 'older' : 'newer');
    if (found) this.parts.store.dispatch({ type: 'found', find: { query, ...found } });
  }

  /** Something is typed at the prompt (a value, say): one is there again. */
  typed(): void {
    const { lab } = this.parts.store.get();
    if (lab?.find) this.parts.store.dispatch({ type: 'intent', intent: 'terminal' });
  }

  /** Takes characters of what is looked for; false when nothing is. */
  write(text: string): boolean {
    const { lab, screen, overlay } = this.parts.store.get();
    if (screen.name !== 'lab' || overlay !== null || lab?.focus !== 'find' || !lab.find) return false;
    const [line = ''] = text.split(/[\r\n]/, 1);
    const wanted = lab.find.query + line.replace(/[\x00-\x1f\x7f]/g, '');
    this.look([...wanted].slice(0, QUERY_MAX).join(''));
    return true;
  }

  /** The wheel scrolls what it is turned over. Somebody who drags is told how text is selected, once. */
  mouse(report: MouseReport): void {
    const state = this.parts.store.get();
    const { screen, overlay, lab } = state;
    if (screen.name !== 'lab' || overlay !== null || !lab) return;
    const { button } = report;
    if (button < WHEEL) return this.button(report);
    if (report.released || button > WHEEL + 1) return;
    const up = button === WHEEL;
    const by = up ? -WHEEL_ROWS : WHEEL_ROWS;
    const pane = this.parts.pane();
    if (isOverTask(state, lab, report))
      this.parts.store.dispatch({ type: 'task-scrolled', by, last: lastScroll(state) });
    else if (pane?.isWholeScreen) this.parts.type(up ? UP : DOWN);
    else pane?.scroll(by);
  }

  private button(report: MouseReport): void {
    const { pressed } = this;
    this.pressed = report.released ? undefined : report;
    if (!report.released || !pressed || this.toldOfSelecting) return;
    if (pressed.row === report.row && pressed.column === report.column) return;
    this.toldOfSelecting = true;
    this.parts.notice(say('mouse.title'), say('mouse.how'));
  }

  private look(query: string): void {
    const found = this.parts.pane()?.find(query) ?? { at: 0, of: 0 };
    this.parts.store.dispatch({ type: 'found', find: { query, ...found } });
  }
}

function isOverTask({ size }: State, lab: LabState, { column, row }: MouseReport): boolean {
  const { mode, top, task, pane } = labLayout(size, lab);
  if (mode === 'terminal') return lab.focus === 'task';
  if (mode === 'beside') return row > top && column <= size.columns - pane.columns;
  return row > top && row <= top + task.rows;
}
