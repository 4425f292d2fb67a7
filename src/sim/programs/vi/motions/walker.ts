import type { TextBuffer } from '../../editor/buffer.js';
import type { Position } from '../../editor/characters.js';
import { characterAt, characterClass, nextColumn, previousColumn } from '../../editor/characters.js';

/** How a step ended: inside the line, behind its last character, on another line, or nowhere to go. */
export type Step = 'inside' | 'line-end' | 'crossed' | 'stuck';

/** A place that walks through a text character by character, as vim's word motions do: also onto the end of a line. */
export class Walker {
  line: number;
  column: number;
  private readonly buffer: TextBuffer;
  private readonly big: boolean;

  constructor(buffer: TextBuffer, from: Position, big = false) {
    this.buffer = buffer;
    this.line = from.line;
    this.column = from.column;
    this.big = big;
  }

  get position(): Position {
    return { line: this.line, column: this.column };
  }

  get text(): string {
    return this.buffer.line(this.line);
  }

  get character(): string {
    return characterAt(this.text, this.column);
  }

  get onLastLine(): boolean {
    return this.line === this.buffer.count - 1;
  }

  get onEmptyLine(): boolean {
    return this.text === '';
  }

  /** The class of the character here; with big words everything that is no blank is one class. */
  get class(): number {
    const found = characterClass(this.character);
    return this.big && found > 0 ? 1 : found;
  }

  forward(): Step {
    const { text } = this;
    if (this.column < text.length) {
      this.column = nextColumn(text, this.column);
      return this.column < text.length ? 'inside' : 'line-end';
    }
    if (this.onLastLine) return 'stuck';
    this.line += 1;
    this.column = 0;
    return 'crossed';
  }

  back(): Step {
    if (this.column > 0) {
      this.column = previousColumn(this.text, this.column);
      return 'inside';
    }
    if (this.line === 0) return 'stuck';
    this.line -= 1;
    this.column = this.text.length;
    return 'crossed';
  }

  /** Walks over characters of one class; false when the text ended first. */
  skip(wanted: number, direction: 'forward' | 'back'): boolean {
    while (this.class === wanted) if (this[direction]() === 'stuck') return false;
    return true;
  }
}
