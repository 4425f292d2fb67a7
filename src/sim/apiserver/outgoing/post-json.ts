import { isJsonObject } from '../../api/object.js';
import type { Status } from '../../api/status.js';
import { errorText } from '../../client/go-errors.js';
import { wordlessRefusal } from '../../client/wordless-refusal.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { OutgoingCall } from './outgoing-access.js';

/** A question that was not answered. */
export class Unanswered extends Error {
  /** Whether the connection broke off, so that another try may be luckier. */
  readonly reset: boolean;
  /** What the other side said instead. */
  readonly status: Partial<Status> | undefined;

  constructor(message: string, { reset = false, status }: { reset?: boolean; status?: Partial<Status> } = {}) {
    super(message);
    this.reset = reset;
    this.status = status;
  }
}

/**
 * Posts JSON and gives the answer's text. `wayTo` says how the other side is reached; what it throws is told as what the
 * network says is. Throws `Unanswered` in the words of client-go's REST client.
 */
export function* postJson(
  { outgoing }: Pick<ServerParts, 'outgoing'>,
  url: string,
  body: unknown,
  wayTo: () => Omit<OutgoingCall, 'method' | 'url' | 'body'>,
): Waiting<string> {
  let response: HttpResponse;
  try {
    const way = wayTo();
    if (!outgoing) throw new Error('dial tcp: connect: network is unreachable');
    response = yield* outgoing.request({
      ...way,
      url,
      method: 'POST',
      headers: { accept: 'application/json, */*', 'content-type': 'application/json', ...way.headers },
      body: encodeText(`${JSON.stringify(body)}\n`),
    });
  } catch (error) {
    throw new Unanswered(`Post ${JSON.stringify(url)}: ${errorText(error)}`, { reset: isErrno(error, 'ECONNRESET') });
  }
  const text =
    response.object === undefined ? decodeText(response.body ?? new Uint8Array()) : JSON.stringify(response.object);
  if (response.status < 200 || response.status > 206) {
    const status = refusalStatus(response, text);
    throw new Unanswered(status.message ?? '', { status });
  }
  if (text === '') {
    throw new Unanswered('0-length response with status code: 200 and content type: application/json');
  }
  return text;
}

/** What the client makes of a refusal: the Status in the body, or one with words of its own. */
function refusalStatus(response: HttpResponse, text: string): Partial<Status> {
  try {
    const status: unknown = JSON.parse(text);
    if (isJsonObject(status) && status['kind'] === 'Status' && status['apiVersion'] === 'v1') return status;
  } catch {
    // Words of the other side's own.
  }
  return wordlessRefusal(response);
}
