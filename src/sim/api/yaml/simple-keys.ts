import type { Cursor, Mark } from './cursor.js';
import { scannerError } from './errors.js';

/** A key without `?` must have its colon within so many characters. */
const KEY_LENGTH_MAX = 1024;

interface SimpleKey {
  possible: boolean;
  /** Nothing but a key can stand here: the block's indentation says so. */
  readonly required: boolean;
  readonly tokenNumber: number;
  readonly mark: Mark;
}

/**
 * Remembers, for each level of flow collections, the token that may yet turn out to be a key.
 * Which tokens must wait for that is kept apart, because the library forgets it for an empty `{}` or `[]`:
 * `{}: x` therefore reads as `{}`, and must do so here.
 */
export class SimpleKeys {
  private readonly levels: SimpleKey[];
  private readonly waiting = new Map<number, number>();

  constructor(private readonly cursor: Cursor) {
    this.levels = [this.impossible(0)];
  }

  /** Whether the token of this number may still turn out to be a key. */
  mayStartAt(tokenNumber: number): boolean {
    const key = this.levels[this.waiting.get(tokenNumber) ?? -1];
    return key !== undefined && this.stillPossible(key);
  }

  save(required: boolean, tokenNumber: number): void {
    this.remove();
    const level = this.levels.length - 1;
    this.levels[level] = { possible: true, required, tokenNumber, mark: this.cursor.mark() };
    this.waiting.set(tokenNumber, level);
  }

  /** Gives up the key of this level; when there had to be one, its colon is missing. */
  remove(): void {
    const key = this.levels.at(-1);
    if (key?.possible !== true) return;
    if (key.required) throw this.missingColon(key);
    this.drop(key);
  }

  /** The key this colon belongs to, if there is one; it is used up. */
  takeValid(): SimpleKey | undefined {
    const key = this.levels.at(-1);
    if (key === undefined || !this.stillPossible(key)) return undefined;
    this.drop(key);
    return key;
  }

  enterFlow(tokenNumber: number): void {
    this.levels.push(this.impossible(tokenNumber));
  }

  leaveFlow(): void {
    const key = this.levels.pop();
    if (key !== undefined) this.waiting.delete(key.tokenNumber);
  }

  private impossible(tokenNumber: number): SimpleKey {
    return { possible: false, required: false, tokenNumber, mark: this.cursor.mark() };
  }

  private drop(key: SimpleKey): void {
    key.possible = false;
    this.waiting.delete(key.tokenNumber);
  }

  private stillPossible(key: SimpleKey): boolean {
    if (!key.possible) return false;
    const here = this.cursor.mark();
    if (key.mark.line >= here.line && key.mark.index + KEY_LENGTH_MAX >= here.index) return true;
    if (key.required) throw this.missingColon(key);
    key.possible = false;
    return false;
  }

  private missingColon(key: SimpleKey): Error {
    return scannerError("could not find expected ':'", this.cursor.mark(), key.mark);
  }
}
