import type { Bytes } from './bytes.js';
import type { Micros } from './time.js';
import type { Waiting } from './wait.js';
import { WaitQueue } from './wait.js';

/** An HTTPS request of a program to the loopback of the computer the machine runs on: a webhook under development. */
export interface OutsideCall {
  readonly host: string;
  readonly port: number;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Bytes;
  /** PEM. */
  readonly authorities: string;
  readonly serverName: string;
  /** How long the answer may take, on the computer's own clock. */
  readonly timeout: Micros;
}

/** How such a request ended; a failure in Go's words. */
export type OutsideCallAnswer =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Bytes;
    }
  | { readonly kind: 'failed'; readonly reason: string };

/** Requests of programs to the outside. Virtual time stands still until the answer, an input like any other, is there. */
export class OutsideCalls {
  /** Told of each request. Without it there is no outside, as in a lab. */
  onCall: ((id: number, call: OutsideCall) => void) | undefined;
  private lastId = 0;
  private readonly open = new Map<number, { readonly answered: WaitQueue; answer: OutsideCallAnswer | undefined }>();

  /** Sends a request and waits for its answer; undefined where there is no outside. */
  *call(call: OutsideCall): Waiting<OutsideCallAnswer | undefined> {
    if (!this.onCall) return undefined;
    this.lastId += 1;
    const id = this.lastId;
    const asked = { answered: new WaitQueue(), answer: undefined as OutsideCallAnswer | undefined };
    this.open.set(id, asked);
    try {
      this.onCall(id, call);
      while (!asked.answer) yield asked.answered;
      return asked.answer;
    } finally {
      this.open.delete(id);
    }
  }

  /** Gives an answer; one to a program that is gone is heard by nobody. */
  answer(id: number, answer: OutsideCallAnswer): void {
    const asked = this.open.get(id);
    if (!asked || asked.answer) return;
    asked.answer = answer;
    asked.answered.wakeAll();
  }
}
