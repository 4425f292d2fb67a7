/** One client's answer on its way. */
export interface Unread {
  readonly bytes: () => number;
  readonly cut: () => void;
}

/** How often it is added up: whenever so large a part of what is allowed has been written. */
const PARTS = 8;

/** What clients have not read yet: together no more than is allowed, whoever is furthest behind goes first. */
export class UnreadAnswers {
  private readonly answers = new Set<Unread>();
  private written = 0;

  constructor(private readonly bytesMax: number) {}

  /** Returns what ends it. */
  add(answer: Unread): () => void {
    this.answers.add(answer);
    return () => void this.answers.delete(answer);
  }

  /** To be told of all that is written. */
  wrote(bytes: number): void {
    this.written += bytes;
    if (this.written < this.bytesMax / PARTS) return;
    this.written = 0;
    const behind = [...this.answers]
      .map((answer) => ({ answer, bytes: answer.bytes() }))
      .sort((one, other) => other.bytes - one.bytes);
    let sum = behind.reduce((total, one) => total + one.bytes, 0);
    for (const one of behind) {
      if (sum <= this.bytesMax) return;
      sum -= one.bytes;
      this.answers.delete(one.answer);
      one.answer.cut();
    }
  }
}
