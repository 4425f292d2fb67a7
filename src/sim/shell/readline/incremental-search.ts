/** Ctrl-R and Ctrl-S: what was typed so far and the entry it is found in. */
export class IncrementalSearch {
  text = '';
  place: number;
  failed = false;
  private direction: -1 | 1;
  private readonly history: readonly string[];

  constructor(history: readonly string[], place: number, direction: -1 | 1) {
    this.history = history;
    this.place = place;
    this.direction = direction;
  }

  /** The prompt while searching. */
  get prompt(): string {
    return `(${this.failed ? 'failed ' : ''}${this.direction < 0 ? 'reverse-' : ''}i-search)\`${this.text}': `;
  }

  get found(): string {
    return this.history[this.place] ?? '';
  }

  /** Where the searched text stands in the entry. */
  get offset(): number {
    return Math.max(0, this.direction < 0 ? this.found.lastIndexOf(this.text) : this.found.indexOf(this.text));
  }

  type(text: string): void {
    this.text += text;
    this.find(this.place);
  }

  erase(from: number): void {
    this.text = [...this.text].slice(0, -1).join('');
    this.place = from;
    this.failed = false;
    if (this.text !== '') this.find(from);
  }

  again(direction: -1 | 1): void {
    this.direction = direction;
    this.find(this.place + direction);
  }

  private find(from: number): void {
    for (
      let place = Math.min(from, this.history.length - 1);
      place >= 0 && place < this.history.length;
      place += this.direction
    ) {
      if (!this.history[place]?.includes(this.text)) continue;
      this.place = place;
      this.failed = false;
      return;
    }
    this.failed = true;
  }
}
