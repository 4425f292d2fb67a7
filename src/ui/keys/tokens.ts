/**
 * What a terminal sends, cut into keys. The bytes of all tokens, one after another, are what came in: whoever passes
 * tokens on passes everything on.
 */
export type Token =
  /** A key with a name (`F1`, `ctrl-c`, `up`, `alt-b`, `enter`), or a sequence without one (empty name). */
  | { readonly kind: 'key'; readonly name: string; readonly bytes: Uint8Array }
  /** What the mouse did, once it was asked for: buttons and wheel as xterm numbers them, the place counted from 1. */
  | ({ readonly kind: 'mouse'; readonly bytes: Uint8Array } & MouseReport)
  /** Printable characters, as many as came at once. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** A piece of what was pasted; its first and last one may be empty. */
  | { readonly kind: 'paste'; readonly bytes: Uint8Array; readonly begins: boolean; readonly ends: boolean };

/** A button that was pressed or released, or a turn of the wheel (64 up, 65 down). */
export interface MouseReport {
  readonly button: number;
  readonly column: number;
  readonly row: number;
  readonly released: boolean;
}

/** A report in the SGR form (mode 1006). */
const MOUSE = /^\x1b\[<(\d+);(\d+);(\d+)([Mm])$/;
const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** An escape sequence, as far as a terminal's keys make them. */
const SEQUENCE = /^\x1b(?:\[\[[A-E]|\[[0-9;:?<=>]*[ -/]*[@-Z\\-~]|O[0-9;]*[ -~]|[^\x1b[O\x80-\xff])/;
/** What may still become one. */
const UNFINISHED = /^\x1b(?:\[\[?|\[[0-9;:?<=>]*[ -/]*|O[0-9;]*)?$/;
/** Longer than any key: whatever it is, it is passed on. */
const UNFINISHED_MAX = 32;

/** Names of keys by what follows the escape. Function keys as xterm, the Linux console, rxvt, PuTTY, tmux and kitty send them. */
const NAMES: Readonly<Record<string, string>> = {
  ...arrows('['),
  ...arrows('O'),
  '[1~': 'home',
  '[7~': 'home',
  '[4~': 'end',
  '[8~': 'end',
  '[2~': 'insert',
  '[3~': 'delete',
  '[5~': 'pageup',
  '[6~': 'pagedown',
  '[Z': 'shift-tab',
  OP: 'F1',
  OQ: 'F2',
  OR: 'F3',
  OS: 'F4',
  '[P': 'F1',
  '[Q': 'F2',
  '[R': 'F3',
  '[S': 'F4',
  '[11~': 'F1',
  '[12~': 'F2',
  '[13~': 'F3',
  '[14~': 'F4',
  '[[A': 'F1',
  '[[B': 'F2',
  '[[C': 'F3',
  '[[D': 'F4',
  '[[E': 'F5',
  '[15~': 'F5',
  '[17~': 'F6',
  '[18~': 'F7',
  '[19~': 'F8',
  '[20~': 'F9',
  '[21~': 'F10',
  '[23~': 'F11',
  '[24~': 'F12',
};

const CONTROLS: Readonly<Record<number, string>> = {
  0: 'ctrl-space',
  9: 'tab',
  13: 'enter',
  27: 'esc',
  28: 'ctrl-\\',
  29: 'ctrl-]',
  30: 'ctrl-^',
  31: 'ctrl-_',
  127: 'backspace',
};

/** Cuts bytes into tokens. What may be the beginning of a sequence is held until more comes, or until `flush`. */
export class Tokenizer {
  private held = Buffer.alloc(0);
  private pasting = false;

  /** True when something is held that `flush` would give. */
  get waiting(): boolean {
    return this.held.length > 0;
  }

  push(bytes: Uint8Array): Token[] {
    const input = this.held.length > 0 ? Buffer.concat([this.held, bytes]) : Buffer.from(bytes);
    this.held = Buffer.alloc(0);
    return this.cut(input);
  }

  /** Gives what is held as it is: nothing more came. */
  flush(): Token[] {
    const { held } = this;
    this.held = Buffer.alloc(0);
    if (held.length === 0) return [];
    if (this.pasting) return [{ kind: 'paste', bytes: held, begins: false, ends: false }];
    const alone: Token = { kind: 'key', name: 'esc', bytes: held.subarray(0, 1) };
    return [alone, ...this.cut(held.subarray(1))];
  }

  private cut(input: Buffer): Token[] {
    const tokens: Token[] = [];
    let at = 0;
    while (at < input.length) {
      const taken = this.pasting ? this.cutPaste(input, at, tokens) : this.cutKey(input, at, tokens);
      if (taken === 0) {
        this.held = Buffer.from(input.subarray(at));
        break;
      }
      at += taken;
    }
    return tokens;
  }

  private cutPaste(input: Buffer, at: number, tokens: Token[]): number {
    const end = input.indexOf(PASTE_END, at, 'latin1');
    if (end >= 0) {
      tokens.push({ kind: 'paste', bytes: input.subarray(at, end), begins: false, ends: true });
      this.pasting = false;
      return end - at + PASTE_END.length;
    }
    let keep = Math.min(PASTE_END.length - 1, input.length - at);
    while (keep > 0 && !PASTE_END.startsWith(input.toString('latin1', input.length - keep))) keep -= 1;
    const bytes = input.subarray(at, input.length - keep);
    if (bytes.length > 0) tokens.push({ kind: 'paste', bytes, begins: false, ends: false });
    return bytes.length;
  }

  /** How many bytes one token takes; 0 when more must come first. */
  private cutKey(input: Buffer, at: number, tokens: Token[]): number {
    const first = input[at] as number;
    if (first === 0x1b) return this.cutEscape(input, at, tokens);
    if (first < 0x20 || first === 0x7f) {
      const name = CONTROLS[first] ?? `ctrl-${String.fromCharCode(first + 0x60)}`;
      tokens.push({ kind: 'key', name, bytes: input.subarray(at, at + 1) });
      return 1;
    }
    let end = at + 1;
    while (end < input.length && (input[end] as number) >= 0x20 && input[end] !== 0x7f) end += 1;
    tokens.push({ kind: 'text', bytes: input.subarray(at, end) });
    return end - at;
  }

  private cutEscape(input: Buffer, at: number, tokens: Token[]): number {
    const text = input.toString('latin1', at, at + UNFINISHED_MAX);
    if (text.startsWith(PASTE_BEGIN)) {
      this.pasting = true;
      tokens.push({ kind: 'paste', bytes: new Uint8Array(), begins: true, ends: false });
      return PASTE_BEGIN.length;
    }
    const sequence = SEQUENCE.exec(text)?.[0];
    if (sequence !== undefined) {
      tokens.push(sequenceToken(sequence, input.subarray(at, at + sequence.length)));
      return sequence.length;
    }
    if (UNFINISHED.test(text) && text.length < UNFINISHED_MAX) return 0;
    tokens.push({ kind: 'key', name: 'esc', bytes: input.subarray(at, at + 1) });
    return 1;
  }
}

function sequenceToken(sequence: string, bytes: Uint8Array): Token {
  const [, button, column, row, last] = MOUSE.exec(sequence) ?? [];
  if (last === undefined) return { kind: 'key', name: NAMES[sequence.slice(1)] ?? alt(sequence), bytes };
  const released = last === 'm';
  return { kind: 'mouse', button: Number(button), column: Number(column), row: Number(row), released, bytes };
}

function alt(sequence: string): string {
  if (sequence.length !== 2) return '';
  const code = sequence.charCodeAt(1);
  return code > 0x20 && code < 0x7f ? `alt-${sequence[1]}` : '';
}

function arrows(prefix: string): Record<string, string> {
  const names = { A: 'up', B: 'down', C: 'right', D: 'left', H: 'home', F: 'end' };
  return Object.fromEntries(Object.entries(names).map(([letter, name]) => [prefix + letter, name]));
}
