/** Characters that took the place of others, and where the cursor stood before. */
interface Edit {
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: number;
  readonly cursor: number;
}

/** More characters than a call takes arguments safely. */
const SPREAD_MAX = 10_000;

/** A line being edited: its characters, the cursor, and what undo and yank need. */
export class LineBuffer {
  chars: string[] = [];
  cursor = 0;
  /** Edits that are undone together; only what they changed is kept, for a line may be a paste of megabytes. */
  private undoStack: Edit[][] = [];
  private typing = false;

  get text(): string {
    return this.chars.join('');
  }

  /** The text before the cursor. */
  get before(): string {
    return this.chars.slice(0, this.cursor).join('');
  }

  /** Replaces everything; the cursor goes to the end. */
  set(text: string): void {
    this.save();
    this.put(0, this.chars.length, text);
  }

  /** Puts in text at the cursor. Single characters typed one after the other are undone together. */
  insert(text: string): void {
    if (!(this.typing && text.length === 1)) this.save();
    this.typing = text.length === 1 && text !== ' ';
    this.put(this.cursor, 0, text);
  }

  /** Takes out a stretch and gives it back; the cursor goes where it was. */
  cut(from: number, to: number): string {
    const start = Math.max(0, Math.min(from, to));
    const end = Math.min(this.chars.length, Math.max(from, to));
    if (start === end) return '';
    this.save();
    const removed = this.chars.slice(start, end).join('');
    this.put(start, end - start, '');
    return removed;
  }

  /** Replaces a stretch; the cursor goes behind it. */
  replace(from: number, to: number, text: string): void {
    this.save();
    this.put(from, to - from, text);
  }

  private put(at: number, instead: number, text: string): void {
    const added = charactersOf(text);
    const { cursor } = this;
    const removed = this.splice(at, instead, added);
    this.undoStack.at(-1)?.push({ at, removed, added: added.length, cursor });
    this.cursor = at + added.length;
  }

  /** Puts characters in place of others, and gives those; there may be more of them than a call takes arguments. */
  private splice(at: number, instead: number, added: readonly string[]): string[] {
    if (added.length <= SPREAD_MAX) return this.chars.splice(at, instead, ...added);
    const { chars } = this;
    const removed = chars.slice(at, at + instead);
    this.chars = chars.slice(0, at).concat(added, chars.slice(at + instead));
    return removed;
  }

  move(to: number): void {
    this.cursor = Math.max(0, Math.min(this.chars.length, to));
    this.typing = false;
  }

  undo(): boolean {
    const edits = this.undoStack.pop();
    if (!edits) return false;
    for (const { at, removed, added, cursor } of edits.reverse()) {
      this.splice(at, added, removed);
      this.cursor = cursor;
    }
    this.typing = false;
    return true;
  }

  /** All changes at once. */
  revert(): void {
    while (this.undoStack.length > 0) this.undo();
  }

  /** Where the word before the cursor begins; words are letters and digits. */
  wordLeft(): number {
    let at = this.cursor;
    while (at > 0 && !isWord(this.chars[at - 1])) at -= 1;
    while (at > 0 && isWord(this.chars[at - 1])) at -= 1;
    return at;
  }

  wordRight(): number {
    let at = this.cursor;
    while (at < this.chars.length && !isWord(this.chars[at])) at += 1;
    while (at < this.chars.length && isWord(this.chars[at])) at += 1;
    return at;
  }

  /** Where the blank-separated word before the cursor begins. */
  blankLeft(): number {
    let at = this.cursor;
    while (at > 0 && /\s/.test(this.chars[at - 1] as string)) at -= 1;
    while (at > 0 && !/\s/.test(this.chars[at - 1] as string)) at -= 1;
    return at;
  }

  private save(): void {
    this.undoStack.push([]);
    this.typing = false;
  }
}

function charactersOf(text: string): string[] {
  return /[^\x00-\x7f]/.test(text) ? [...text] : text.split('');
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
