import { startProcess } from '../kernel/boot.js';
import { type Bytes, concatBytes, decodeText, encodeText, NO_BYTES } from '../kernel/bytes.js';
import { Channel } from '../kernel/channel.js';
import type { HostKernel } from '../kernel/host-kernel.js';
import {
  type Frame,
  type HttpRequest,
  type HttpResponse,
  type Message,
  type Peer,
  TlsError,
} from '../kernel/network.js';
import type { Sys } from '../kernel/sys.js';
import { type Micros, SECOND } from '../kernel/time.js';
import { type Waiting, WaitQueue } from '../kernel/wait.js';

/** A request that leaves the machine. Names of headers are in small letters; several values are joined by newlines. */
export interface FarRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Bytes;
  /** It wants to be upgraded: to carry frames both ways. */
  readonly upgrade?: true;
  /** PEM of the certificate that the client showed. */
  readonly certificate?: string;
}

/** What comes back first. */
export type FarResponse = Pick<HttpResponse, 'status' | 'headers' | 'body'>;

export interface FarEvents {
  request(id: number, request: FarRequest): void;
  frame(id: number, frame: Frame): void;
  /** Whoever asked is gone. */
  disconnect(id: number): void;
}

/** A request under way. */
interface Pending {
  readonly changed: WaitQueue;
  response: FarResponse | undefined;
  readonly pieces: Channel<Frame>;
  ended: boolean;
  error: string | undefined;
  readonly activity: Activity;
}

/** When somebody far away last said something. */
interface Activity {
  at: Micros;
}

const OBJECT_TYPE = 'application/vnd.kubedrill.object';
const JSON_TYPE = 'application/json';
/** What only concerns the connection, or is made anew for the next one. */
const NOT_FORWARDED =
  /^(?:accept-encoding|connection|content-length|expect|host|keep-alive|proxy-.*|sec-websocket-.*|te|trailer|transfer-encoding|upgrade|x-stream-protocol-version)$/;
/** A real API server's own limit for the body of a request (MaxRequestBodyBytes). */
const REQUEST_BYTES_MAX = 3 * 1024 * 1024;
/** Of an answer that is not read piece by piece. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const TARGET_LENGTH_MAX = 64 * 1024;
const OPEN_MAX = 256;
/** Pieces of an answer that nobody takes. */
const UNREAD_MAX = 20_000;
/** Who far away has said nothing for so long is taken to wait for what is typed. */
const SILENCE: Micros = SECOND;

/**
 * An API server that is somewhere else: what programs of the machine ask it leaves as events, and comes back by inputs.
 * Time goes on meanwhile.
 */
export class FarRequests {
  private readonly outside: HostKernel;
  private readonly events: FarEvents;
  private readonly open = new Map<number, Pending>();
  private lastId = 0;

  constructor(outside: HostKernel, events: FarEvents) {
    this.outside = outside;
    this.events = events;
  }

  /** Serves one request of a program: sends it outside and waits for what comes back. Throws `TlsError` with why nothing does. */
  *serve(message: Message, { certificate }: Peer): Waiting<Message> {
    if (message.kind !== 'http') return refusal(400, 'Bad Request');
    const refused = refusalOf(message, this.open.size);
    if (refused) return refused;
    const request = outward(message, certificate);
    if ((request.body?.length ?? 0) > REQUEST_BYTES_MAX) return tooLarge();
    this.lastId += 1;
    const id = this.lastId;
    const activity = { at: this.outside.kernel.now() };
    const pending: Pending = {
      changed: new WaitQueue(),
      response: undefined,
      pieces: new Channel(),
      ended: false,
      error: undefined,
      activity,
    };
    this.open.set(id, pending);
    this.events.request(id, request);
    let taken = false;
    try {
      const answer = yield* this.answer(id, message, pending);
      taken = true;
      return { kind: 'http-response', ...answer };
    } finally {
      if (!taken) this.drop(id);
    }
  }

  response(id: number, response: FarResponse, streaming: boolean): void {
    const pending = this.open.get(id);
    if (!pending || pending.response) return;
    pending.response = response;
    if (!streaming) this.finish(id, pending);
    pending.changed.wakeAll();
  }

  chunk(id: number, frame: Frame): void {
    const pending = this.open.get(id);
    if (!pending) return;
    pending.activity.at = this.outside.kernel.now();
    pending.pieces.send(frame);
    if (pending.pieces.length > UNREAD_MAX) this.drop(id);
  }

  end(id: number, error?: string): void {
    const pending = this.open.get(id);
    if (!pending) return;
    pending.error = error;
    this.finish(id, pending);
  }

  private finish(id: number, pending: Pending): void {
    this.open.delete(id);
    pending.ended = true;
    pending.pieces.close();
    pending.changed.wakeAll();
  }

  /** Nobody listens any more. */
  private drop(id: number): void {
    const pending = this.open.get(id);
    if (!pending) return;
    this.finish(id, pending);
    this.events.disconnect(id);
  }

  private *answer(id: number, request: HttpRequest, pending: Pending): Waiting<HttpResponse> {
    while (!pending.response && !pending.ended) yield pending.changed;
    const { response } = pending;
    if (!response) throw new TlsError(pending.error ?? 'EOF');
    if (response.status === 101) return this.upgraded(id, request, response, pending);
    if (pending.ended && pending.pieces.length === 0) return response;
    if (response.status < 300 && isReadByPieces(request))
      return { ...response, stream: this.stream(id, wantsObjects(request), pending) };
    return { ...response, body: yield* this.whole(id, pending) };
  }

  private *whole(id: number, { pieces }: Pending): Waiting<Bytes> {
    const all: Bytes[] = [];
    let size = 0;
    for (let piece = yield* pieces.receive(); piece !== 'end'; piece = yield* pieces.receive()) {
      all.push(piece.bytes);
      size += piece.bytes.length;
      if (size <= ANSWER_BYTES_MAX) continue;
      this.drop(id);
      throw new TlsError('http: response body too large');
    }
    return concatBytes(all);
  }

  /** A watch, of objects for those who asked for such, or bytes as they come. */
  private stream(id: number, objects: boolean, { pieces }: Pending): NonNullable<HttpResponse['stream']> {
    const items = new Channel<Bytes | { readonly object: unknown }>();
    const pump = function* pump(): Waiting<number> {
      let rest: Bytes = NO_BYTES;
      for (let piece = yield* pieces.receive(); piece !== 'end'; piece = yield* pieces.receive()) {
        if (!objects) items.send(piece.bytes);
        else rest = sendLines(items, rest.length === 0 ? piece.bytes : concatBytes([rest, piece.bytes]));
      }
      items.close();
      return 0;
    };
    startProcess(this.outside, pump, ['far']);
    return { items, cancel: () => this.drop(id) };
  }

  private upgraded(id: number, { upgrade }: HttpRequest, response: FarResponse, pending: Pending): HttpResponse {
    const { kernel } = this.outside;
    const { activity } = pending;
    if (!upgrade) return { ...response, status: 400 };
    const terminal = {
      get wantsInput() {
        return kernel.now() - activity.at >= SILENCE;
      },
    };
    pending.pieces.send({ stream: 0, bytes: NO_BYTES, terminal });
    const send = (sys: Sys): Waiting<number> => this.sendFrames(sys, id, upgrade, activity);
    startProcess(this.outside, send, ['far']);
    return { ...response, upgrade: pending.pieces };
  }

  private *sendFrames(sys: Sys, id: number, upgrade: Channel<Frame>, activity: Activity): Waiting<number> {
    for (let frame = yield* upgrade.receive(); frame !== 'end'; frame = yield* upgrade.receive()) {
      if (!this.open.has(id)) return 0;
      activity.at = sys.now();
      // Who wants input is known inside a machine only.
      const { stream, bytes, end } = frame;
      this.events.frame(id, { stream, bytes, ...(end ? { end } : {}) });
    }
    this.drop(id);
    return 0;
  }
}

/** Sends the lines that are whole as objects, and gives what is left. */
function sendLines(items: Channel<Bytes | { readonly object: unknown }>, bytes: Bytes): Bytes {
  let from = 0;
  for (let at = bytes.indexOf(0x0a); at !== -1; at = bytes.indexOf(0x0a, from)) {
    const line = decodeText(bytes.subarray(from, at)).trim();
    from = at + 1;
    if (line !== '') items.send(readLine(line));
  }
  return bytes.subarray(from);
}

function readLine(line: string): Bytes | { readonly object: unknown } {
  try {
    return { object: JSON.parse(line) };
  } catch {
    return encodeText(`${line}\n`);
  }
}

/** What is not an absolute path of a server is asked of nobody. */
function refusalOf({ target }: HttpRequest, open: number): Message | undefined {
  const isPath =
    /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(target) && !/(?:^|\/)\.{1,2}(?:[/?#]|$)/.test(target.split('?')[0] ?? '');
  if (!isPath || target.length > TARGET_LENGTH_MAX) return refusal(400, '400 Bad Request');
  return open >= OPEN_MAX ? refusal(429, 'Too many requests, please try again later.') : undefined;
}

function outward(
  { method, target, headers, body, object, upgrade }: HttpRequest,
  certificate: string | undefined,
): FarRequest {
  const sent = object === undefined ? body : encodeText(JSON.stringify(object));
  const kept = Object.entries(headers).filter(([name]) => !NOT_FORWARDED.test(name));
  const all: Record<string, string> = Object.fromEntries(kept);
  if (all['accept'] !== undefined) all['accept'] = all['accept'].replaceAll(OBJECT_TYPE, JSON_TYPE);
  if (object !== undefined) all['content-type'] = (all['content-type'] ?? JSON_TYPE).replace(OBJECT_TYPE, JSON_TYPE);
  return {
    method,
    target,
    headers: all,
    ...(sent && sent.length > 0 ? { body: sent } : {}),
    ...(upgrade ? { upgrade: true } : {}),
    ...(certificate === undefined ? {} : { certificate }),
  };
}

function wantsObjects({ headers }: HttpRequest): boolean {
  return (headers['accept'] ?? '').startsWith(OBJECT_TYPE);
}

/** Whether an answer is taken as it comes: it has no end, or it goes to somebody who takes any kind of answer. */
function isReadByPieces({ target, headers }: HttpRequest): boolean {
  const query = new URLSearchParams(target.split('?')[1] ?? '');
  const asked = (name: string): boolean => ['1', 'true'].includes(query.get(name) ?? '');
  return asked('watch') || asked('follow') || (headers['accept'] ?? '*/*') === '*/*';
}

function refusal(status: number, words: string): Message {
  return {
    kind: 'http-response',
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', connection: 'close' },
    body: encodeText(`${words}\n`),
  };
}

function tooLarge(): Message {
  const status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `Request entity too large: limit is ${REQUEST_BYTES_MAX}`,
    reason: 'RequestEntityTooLarge',
    code: 413,
  };
  return {
    kind: 'http-response',
    status: 413,
    headers: { 'content-type': JSON_TYPE },
    body: encodeText(JSON.stringify(status)),
  };
}
