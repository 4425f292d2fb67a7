import type { Bytes } from './bytes.js';
import { OpenAsks } from './open-asks.js';
import type { Micros } from './time.js';
import type { Waiting } from './wait.js';

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
  private readonly open = new OpenAsks<OutsideCallAnswer>();

  /** Sends a request and waits for its answer; undefined where there is no outside. */
  *call(call: OutsideCall): Waiting<OutsideCallAnswer | undefined> {
    const { onCall } = this;
    if (!onCall) return undefined;
    return yield* this.open.ask((id) => onCall(id, call));
  }

  /** Gives an answer; one to a program that is gone is heard by nobody. */
  answer(id: number, answer: OutsideCallAnswer): void {
    this.open.answer(id, answer);
  }
}
