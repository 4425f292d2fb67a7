import type { Bytes } from './bytes.js';
import { OpenAsks } from './open-asks.js';
import type { Waiting } from './wait.js';

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

/** Questions of programs to the outside. */
export class Questions {
  /** Told of each question. Without it nobody answers, and programs do not ask. */
  onAsk: ((id: number, question: OutsideQuestion) => void) | undefined;
  private readonly open = new OpenAsks<OutsideAnswer>();

  /** Asks, and waits for the answer. */
  *ask(question: OutsideQuestion): Waiting<OutsideAnswer> {
    const { onAsk } = this;
    if (!onAsk) return { kind: 'nobody' };
    return yield* this.open.ask((id) => onAsk(id, question));
  }

  /** Gives an answer; one to a program that is gone is heard by nobody. */
  answer(id: number, answer: OutsideAnswer): void {
    this.open.answer(id, answer);
  }
}
