import { StringDecoder } from 'node:string_decoder';
import type { Intent } from '../store/event.js';
import type { State } from '../store/state.js';
import { findRow, isAppKey, type KeySink, keyContext } from './context.js';
import type { KeyRow } from './key-row.js';
import { chosenCommand } from './palette.js';
import { type MouseReport, type Token, Tokenizer } from './tokens.js';

/** How long the beginning of an escape sequence is waited on before it is taken for the key Escape. */
const ESCAPE_MILLISECONDS = 20;
/** Bytes of one paste that a text box takes. */
const BOX_PASTE_MAX = 1024;
const LEADER = 'ctrl-]';
const PASTE_BEGIN = Buffer.from('\x1b[200~');
const PASTE_END = Buffer.from('\x1b[201~');

/** Where keys go. */
export interface KeyTargets {
  state(): State;
  intent(intent: Intent): void;
  /** A key of the table that does nothing now, and why. */
  refused(reason: string): void;
  /** The leader and a number, counted from 1. */
  value(number: number): void;
  /** The leader and a key that means nothing. */
  leaderDone(): void;
  terminal(bytes: Uint8Array): void;
  /** Whether the program in the terminal wants to be told what was pasted. */
  wantsPasteMarks(): boolean;
  textBox(bytes: Uint8Array): void;
  /** What the mouse did; never a terminal's byte. */
  mouse(report: MouseReport): void;
  /** Characters for what is written without a box; those of a paste may be several lines. */
  notes(text: string): void;
}

/** The one place where what is typed becomes an action, a terminal's byte, or a text box's character. */
export class KeyRouter {
  private readonly tokenizer = new Tokenizer();
  private readonly targets: KeyTargets;
  private timer: NodeJS.Timeout | undefined;
  private forTerminal: Uint8Array[] = [];
  /** Bytes of the present paste that a text box still takes. */
  private boxRoom = 0;
  /** The leader was pressed before there was anything to lead; what follows it means nothing either. */
  private leaderTooEarly = false;
  /** A paste comes in pieces, which may be cut within a character. */
  private boxText = new StringDecoder('utf8');

  constructor(targets: KeyTargets) {
    this.targets = targets;
  }

  /** Takes bytes as they come from the outer terminal. */
  push(bytes: Uint8Array): void {
    clearTimeout(this.timer);
    this.take(this.tokenizer.push(bytes));
    if (this.tokenizer.waiting) this.timer = setTimeout(() => this.take(this.tokenizer.flush()), ESCAPE_MILLISECONDS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private take(tokens: readonly Token[]): void {
    for (const token of tokens) this.route(token);
    this.sendToTerminal();
  }

  private route(token: Token): void {
    const { sink } = keyContext(this.targets.state());
    const early = this.leaderTooEarly && sink === 'terminal-to-come';
    this.leaderTooEarly = false;
    if (token.kind === 'paste') return this.paste(token);
    if (token.kind === 'mouse') {
      this.sendToTerminal();
      return this.targets.mouse(token);
    }
    if (token.kind === 'key') return early ? undefined : this.key(token.name, token.bytes);
    const bytes = early ? Buffer.from([...Buffer.from(token.bytes).toString('utf8')].slice(1).join('')) : token.bytes;
    if (sink === 'nowhere') this.characters(bytes);
    else this.pass(sink, bytes);
  }

  /** Each character by itself: the first may change where the others go. */
  private characters(bytes: Uint8Array): void {
    const characters = [...Buffer.from(bytes).toString('utf8')];
    for (const [index, character] of characters.entries()) {
      const { sink } = keyContext(this.targets.state());
      if (sink !== 'nowhere') return this.pass(sink, Buffer.from(characters.slice(index).join('')));
      this.key(character, Buffer.from(character));
    }
  }

  private key(name: string, bytes: Uint8Array): void {
    const state = this.targets.state();
    const context = keyContext(state);
    const row = name === '' ? undefined : findRow(context, name);
    if (row) {
      this.sendToTerminal();
      this.act(row, state);
    } else if (state.leader) {
      if (/^[1-9]$/.test(name)) this.targets.value(Number(name));
      this.targets.leaderDone();
    } else if (this.throughNotice(state, name)) return;
    else if (takesNumbers(state) && /^[0-9]$/.test(name)) this.targets.value(Number(name));
    // A key that writes nothing must not leave the bytes of its name in what is written.
    else if (context.sink === 'notes') {
      if (name === 'tab') this.pass('notes', bytes);
    }
    // A key of the lab screen means nothing before there is one.
    else if (context.sink === 'terminal-to-come' && isAppKey(name)) this.leaderTooEarly = name === LEADER;
    else this.pass(context.sink, bytes);
  }

  /** Does what a row says; in the palette, what the row of the chosen command does on the screen below. */
  private act(row: KeyRow, state: State): void {
    const reason = row.disabled?.(state);
    if (reason !== undefined) {
      // What lies over a screen says by itself what it offers.
      if (state.overlay === null) this.targets.refused(reason);
      return;
    }
    if (state.overlay?.name !== 'palette' || row.intent !== 'open') return this.targets.intent(row.intent);
    const command = chosenCommand(state);
    if (!command || command.not !== undefined) return;
    this.targets.intent('back');
    this.act(command.row, this.targets.state());
  }

  /** What a notice over a lab says to press works at once: function keys and the leader close it, and do what they do. */
  private throughNotice(state: State, name: string): boolean {
    const { overlay, screen } = state;
    if (overlay?.name !== 'notice' || overlay.offers !== 'nothing' || screen.name !== 'lab') return false;
    const row = /^(?:F\d+|ctrl-\])$/.test(name) ? findRow(keyContext({ ...state, overlay: null }), name) : undefined;
    if (!row) return false;
    this.sendToTerminal();
    this.targets.intent('back');
    this.act(row, this.targets.state());
    return true;
  }

  private pass(sink: KeySink, bytes: Uint8Array): void {
    if (sink === 'terminal' || sink === 'terminal-to-come') this.forTerminal.push(bytes);
    else if (sink === 'text-box') this.targets.textBox(bytes);
    else if (sink === 'notes') this.targets.notes(Buffer.from(bytes).toString('utf8'));
  }

  private paste({ bytes, begins, ends }: Extract<Token, { kind: 'paste' }>): void {
    const { sink } = keyContext(this.targets.state());
    if (begins) {
      this.boxRoom = BOX_PASTE_MAX;
      this.boxText = new StringDecoder('utf8');
    }
    if (sink === 'text-box') this.pasteLine(bytes);
    if (sink === 'notes') this.targets.notes(this.boxText.write(Buffer.from(bytes)));
    if (sink !== 'terminal' && sink !== 'terminal-to-come') return;
    const marks = this.targets.wantsPasteMarks();
    if (begins && marks) this.forTerminal.push(PASTE_BEGIN);
    if (bytes.length > 0) this.forTerminal.push(bytes);
    if (ends && marks) this.forTerminal.push(PASTE_END);
  }

  /** A text box takes the first line of what is pasted, and of that no more than anybody means. */
  private pasteLine(bytes: Uint8Array): void {
    if (this.boxRoom === 0 || bytes.length === 0) return;
    const text = this.boxText.write(Buffer.from(bytes.subarray(0, this.boxRoom)));
    const [line = '', ...more] = text.split(/[\r\n]/, 2);
    this.boxRoom = more.length > 0 ? 0 : Math.max(0, this.boxRoom - bytes.length);
    const shown = line.replace(/[\x00-\x1f\x7f]/g, '');
    if (shown !== '') this.targets.textBox(Buffer.from(shown));
  }

  private sendToTerminal(): void {
    if (this.forTerminal.length === 0) return;
    const bytes = this.forTerminal.length === 1 ? (this.forTerminal[0] as Uint8Array) : Buffer.concat(this.forTerminal);
    this.forTerminal = [];
    // A copy: a message to another thread takes all the memory along of which these bytes are a piece.
    this.targets.terminal(new Uint8Array(bytes));
  }
}

/** Whether digits choose something of what lies over the screen. */
function takesNumbers({ overlay }: State): boolean {
  return overlay?.name === 'values' || overlay?.name === 'jump';
}
