/** A line being edited: its characters, the cursor, and what undo and yank need. */
export class LineBuffer {
  chars: string[] = [];
  cursor = 0;
  private undoStack: { chars: string[]; cursor: number }[] = [];
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
    this.chars = [...text];
    this.cursor = this.chars.length;
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
    const removed = this.chars.splice(start, end - start);
    this.cursor = start;
    return removed.join('');
  }

  /** Replaces a stretch; the cursor goes behind it. */
  replace(from: number, to: number, text: string): void {
    this.save();
    this.put(from, to - from, text);
  }

  /** Puts a text in place of characters; it may have more of them than a call takes arguments. */
  private put(at: number, instead: number, text: string): void {
    const added = [...text];
    this.chars = [...this.chars.slice(0, at), ...added, ...this.chars.slice(at + instead)];
    this.cursor = at + added.length;
  }

  move(to: number): void {
    this.cursor = Math.max(0, Math.min(this.chars.length, to));
    this.typing = false;
  }

  undo(): boolean {
    const state = this.undoStack.pop();
    if (!state) return false;
    this.chars = state.chars;
    this.cursor = state.cursor;
    this.typing = false;
    return true;
  }

  /** All changes at once. */
  revert(): void {
    const [first] = this.undoStack;
    if (first) ({ chars: this.chars, cursor: this.cursor } = first);
    this.undoStack = [];
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
    this.undoStack.push({ chars: [...this.chars], cursor: this.cursor });
    this.typing = false;
  }
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
