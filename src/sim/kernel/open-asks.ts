import type { Waiting } from './wait.js';
import { WaitQueue } from './wait.js';

/**
 * What programs have asked of the outside and wait for, by number. Who asks waits without an end in virtual time: it is
 * the machine's owner who lets no time pass until the answer, an input like any other, is there.
 */
export class OpenAsks<A extends object> {
  private lastId = 0;
  private readonly open = new Map<number, { readonly answered: WaitQueue; answer: A | undefined }>();

  /** Tells the outside the number under which it is to answer, and waits for the answer. */
  *ask(tell: (id: number) => void): Waiting<A> {
    this.lastId += 1;
    const id = this.lastId;
    const asked = { answered: new WaitQueue(), answer: undefined as A | undefined };
    this.open.set(id, asked);
    try {
      tell(id);
      while (!asked.answer) yield asked.answered;
      return asked.answer;
    } finally {
      this.open.delete(id);
    }
  }

  /** Gives an answer; one to a program that is gone is heard by nobody. */
  answer(id: number, answer: A): void {
    const asked = this.open.get(id);
    if (!asked || asked.answer) return;
    asked.answer = answer;
    asked.answered.wakeAll();
  }
}
