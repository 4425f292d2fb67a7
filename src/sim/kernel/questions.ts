import type { Bytes } from './bytes.js';
import type { Waiting } from './wait.js';
import { WaitQueue } from './wait.js';

/** What a program asks of the world outside the machine. */
export interface OutsideQuestion {
  readonly kind: 'edit';
  /** As the program was told to edit it; for the person's eyes. */
  readonly path: string;
  /** What the file holds; undefined when there is none yet. */
  readonly bytes: Bytes | undefined;
  /** Nobody expects it to be changed. */
  readonly readonly: boolean;
}

/** How the outside answered. */
export type OutsideAnswer =
  /** The file as it was saved; the same bytes where nothing was changed. */
  | { readonly kind: 'saved'; readonly bytes: Bytes }
  /** Left without making the file. */
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** Nobody there can do that: the program does it by itself. */
  | { readonly kind: 'nobody' };

interface OpenQuestion {
  readonly answered: WaitQueue;
  answer: OutsideAnswer | undefined;
}

/**
 * Questions of programs to the outside. Who asks waits without an end in virtual time: it is the machine's owner who
 * lets no time pass until the answer, an input like any other, is there.
 */
export class Questions {
  /** Told of each question. Without it nobody answers, and programs do not ask. */
  onAsk: ((id: number, question: OutsideQuestion) => void) | undefined;
  private lastId = 0;
  private readonly open = new Map<number, OpenQuestion>();

  /** Asks, and waits for the answer. */
  *ask(question: OutsideQuestion): Waiting<OutsideAnswer> {
    if (!this.onAsk) return { kind: 'nobody' };
    this.lastId += 1;
    const id = this.lastId;
    const asked: OpenQuestion = { answered: new WaitQueue(), answer: undefined };
    this.open.set(id, asked);
    try {
      this.onAsk(id, question);
      while (!asked.answer) yield asked.answered;
      return asked.answer;
    } finally {
      this.open.delete(id);
    }
  }

  /** Gives an answer; one to a program that is gone is heard by nobody. */
  answer(id: number, answer: OutsideAnswer): void {
    const asked = this.open.get(id);
    if (!asked || asked.answer) return;
    asked.answer = answer;
    asked.answered.wakeAll();
  }
}
