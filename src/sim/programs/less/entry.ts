import type { Waiting } from '../../kernel/wait.js';
import { END_OF_COMMAND, type Keyboard } from './keyboard.js';
import type { Screen } from './screen.js';

/** What is typed into the line at the bottom. */
export interface Entry {
  readonly prompt: string;
  readonly initial?: string;
  /** What was typed there before, oldest first. */
  readonly history?: readonly string[];
  /** A key before anything else is typed: another prompt, when the key changes that. */
  readonly first?: (key: string) => string | undefined;
  /** A key that ends the line and is the next command. */
  readonly ends?: (key: string) => boolean;
}

const ERASE = new Set(['\x7f', '\b']);
const ENDS = new Set(['\r', '\n', END_OF_COMMAND]);

/** Reads a line at the bottom of the screen; undefined when it was given up. */
export function* enterLine(screen: Screen, keyboard: Keyboard, entry: Entry): Waiting<string | undefined> {
  const line = new Line(screen, entry);
  line.show();
  for (;;) {
    yield* screen.flush();
    const key = yield* keyboard.next();
    if (key === undefined) return undefined;
    if (entry.ends?.(key)) {
      keyboard.unget(key);
      return line.text;
    }
    if (ENDS.has(key)) return line.text;
    if (line.text === '' && entry.first) {
      const prompt = entry.first(key);
      if (prompt !== undefined) {
        line.prompt = prompt;
        line.show();
        continue;
      }
    }
    if (key === '\x1b') {
      const rest = [yield* keyboard.next()];
      if (rest[0] === '[' || rest[0] === 'O') rest.push(yield* keyboard.next());
      line.sequence(rest.join(''));
    } else if (!line.edit(key)) return undefined;
  }
}

class Line {
  text: string;
  prompt: string;
  private cursor: number;
  private recalled: number;
  private literal = false;

  constructor(
    private readonly screen: Screen,
    private readonly entry: Entry,
  ) {
    this.prompt = entry.prompt;
    this.text = entry.initial ?? '';
    this.cursor = this.text.length;
    this.recalled = entry.history?.length ?? 0;
  }

  show(): void {
    const shown = (text: string) =>
      text.replace(/[\x00-\x1f\x7f]/g, (char) => `^${String.fromCharCode(char.charCodeAt(0) ^ 0x40)}`);
    const room = this.screen.size.columns - this.prompt.length - 1;
    const text = shown(this.text);
    this.screen.clearBottom();
    this.screen.put(`${this.prompt}${text.length > room ? text.slice(-room) : text}`);
    const behind = shown(this.text.slice(this.cursor)).length;
    if (behind > 0) this.screen.put('\b'.repeat(behind));
  }

  /** Takes a key; false when the line is given up. */
  edit(key: string): boolean {
    if (this.literal) {
      this.literal = false;
      this.insert(key);
    } else if (key === '\x16' || key === '\x01') this.literal = true;
    else if (key === '\x07') return false;
    else if (key === '\x15') {
      if (this.text === '') return false;
      this.replace('', 0);
    } else if (ERASE.has(key)) {
      if (this.text === '') return false;
      if (this.cursor === 0) return true;
      this.replace(this.text.slice(0, this.cursor - 1) + this.text.slice(this.cursor), this.cursor - 1);
      if (this.text === '') return false;
    } else this.insert(key);
    return true;
  }

  /** An arrow, or a letter after Escape. */
  sequence(keys: string): void {
    const { length } = this.text;
    if (/^(?:\[|O)?[Ak]$/.test(keys)) this.recall(-1);
    else if (/^(?:\[|O)B$|^j$/.test(keys)) this.recall(1);
    else if (/^(?:\[|O)C$|^l$/.test(keys)) this.replace(this.text, Math.min(length, this.cursor + 1));
    else if (/^(?:\[|O)D$|^h$/.test(keys)) this.replace(this.text, Math.max(0, this.cursor - 1));
    else if (/^(?:\[|O)H$|^0$/.test(keys)) this.replace(this.text, 0);
    else if (/^(?:\[|O)F$|^\$$/.test(keys)) this.replace(this.text, length);
    else this.screen.bell();
  }

  private recall(step: number): void {
    const history = this.entry.history ?? [];
    const next = this.recalled + step;
    if (next < 0 || next > history.length) {
      this.screen.bell();
      return;
    }
    this.recalled = next;
    const text = history[next] ?? '';
    this.replace(text, text.length);
  }

  private insert(text: string): void {
    this.replace(this.text.slice(0, this.cursor) + text + this.text.slice(this.cursor), this.cursor + text.length);
  }

  private replace(text: string, cursor: number): void {
    this.text = text;
    this.cursor = cursor;
    this.show();
  }
}
