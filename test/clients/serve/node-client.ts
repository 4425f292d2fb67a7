import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { WebSocket } from 'ws';
import type { ServedWorld } from './served-world.js';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it
  readonly json: () => any;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  /** Without the administrator's certificate. */
  readonly anonymous?: boolean;
}

/** One request as the administrator, or as nobody; its whole answer. */
export function ask(world: ServedWorld, path: string, { body, ...given }: Ask = {}): Promise<Answer> {
  // Node says how long a body is for some methods only.
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { ...given, headers: { ...given.headers, ...length } };
  return new Promise((resolve, reject) => {
    const call = request(`${world.server}${path}`, requestOptions(world, options), (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        const { statusCode: status = 0, headers } = incoming;
        resolve({ status, headers, bytes, text, json: () => JSON.parse(text) });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** Creates an object and gives it back as the server has it. */
export async function create(world: ServedWorld, path: string, object: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = await ask(world, path, { method: 'POST', headers, body: JSON.stringify(object) });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer;
}

/** An open stream: its text as it comes, until a predicate holds or it ends; protobuf as one character a byte. */
export function follow(
  world: ServedWorld,
  path: string,
  accept = 'application/json',
): { until(done: (text: string) => boolean): Promise<string>; close(): void } {
  let text = '';
  let ended = false;
  let wake = () => {};
  const call = request(`${world.server}${path}`, requestOptions(world, { headers: { accept } }), (incoming) => {
    incoming.on('data', (chunk: Buffer) => {
      text += chunk.toString(accept.includes('protobuf') ? 'latin1' : 'utf8');
      wake();
    });
    incoming.on('close', () => {
      ended = true;
      wake();
    });
  });
  call.on('error', () => {
    ended = true;
    wake();
  });
  call.end();
  return {
    async until(done) {
      while (!done(text)) {
        if (ended) throw new Error(`the stream ended with:\n${text}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return text;
    },
    close: () => call.destroy(),
  };
}

/** What came back from an exec: per stream the text. */
export interface ExecSession {
  send(stream: number, text: string): void;
  /** Says that no more comes on a stream. */
  closeStream(stream: number): void;
  until(done: (streams: readonly string[]) => boolean): Promise<void>;
  /** Resolves when the server closed; the texts of streams 1 (output), 2 (errors), 3 (the final Status). */
  readonly end: Promise<readonly string[]>;
  close(): void;
}

/** Opens an exec through a WebSocket. */
export function exec(world: ServedWorld, pod: string, query: Record<string, string>, command: string[]): ExecSession {
  const parameters = new URLSearchParams(query);
  for (const word of command) parameters.append('command', word);
  const url = `${world.server.replace('https', 'wss')}/api/v1/namespaces/default/pods/${pod}/exec?${parameters}`;
  const socket = new WebSocket(url, ['v5.channel.k8s.io'], world.tls);
  const streams = ['', '', '', ''];
  let wake = () => {};
  socket.on('message', (data: Buffer) => {
    const stream = data[0] as number;
    streams[stream] += data.subarray(1).toString();
    wake();
  });
  const open = new Promise<void>((resolve) => socket.on('open', () => resolve()));
  const send = (bytes: Buffer) => void open.then(() => socket.send(bytes));
  return {
    send: (stream, text) => send(Buffer.concat([Buffer.of(stream), Buffer.from(text)])),
    closeStream: (stream) => send(Buffer.of(255, stream)),
    async until(done) {
      while (!done(streams)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    end: new Promise((resolve, reject) => {
      socket.on('close', () => resolve(streams));
      socket.on('error', reject);
    }),
    close: () => socket.terminate(),
  };
}

function requestOptions({ tls }: ServedWorld, { anonymous, ...options }: Ask): RequestOptions {
  return { ...options, ...(anonymous ? { ca: tls.ca } : tls), agent: false, servername: 'localhost' };
}
