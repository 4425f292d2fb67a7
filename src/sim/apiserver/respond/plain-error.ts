import { encodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';

/** A failure of the server that it tells in plain words instead of a Status (responsewriters.InternalError). */
export class PlainError extends Error {
  /** What the client is sent. */
  get response(): HttpResponse {
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
    return { status: 500, headers, body: encodeText(`${this.message}\n`) };
  }
}
