import { CriError } from '../../client/cri-client.js';
import { encodeText, NO_BYTES } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import type { Frame, HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { refuse } from './logs.js';

/** What a pod's sandbox is called in messages and by the runtime. */
export interface ForwardTarget {
  readonly sandboxId: string;
}

/**
 * POST or GET /portForward: an upgraded connection that carries pairs of streams. The pair number i has stream 2i for
 * data, whose first frame is the port in two bytes, and 2i + 1 for what went wrong.
 */
export function portForward(
  context: KubeletContext,
  target: ForwardTarget,
  query: URLSearchParams,
  request: HttpRequest,
): HttpResponse {
  const { upgrade } = request;
  if (!upgrade) return refuse(400, 'unable to upgrade: missing upgrade headers in request\n');
  const problem = request.headers['upgrade']?.toLowerCase() === 'websocket' ? portsProblem(query) : undefined;
  if (problem !== undefined) return refuse(400, `${problem}\n`);
  const output = new Channel<Frame>();
  context.sys.thread(() => distribute(context, target, upgrade, output));
  return { status: 101, headers: { connection: 'Upgrade', upgrade: 'SPDY/3.1' }, upgrade: output };
}

/** What is wrong with the ports in a WebSocket's query (portforward.NewV4Options). */
function portsProblem(query: URLSearchParams): string | undefined {
  const ports = query.getAll('port').flatMap((text) => text.split(','));
  if (ports.length === 0) return 'query parameter "port" is required';
  for (const port of ports) {
    if (port === '') return 'query parameter "port" cannot be empty';
    if (!/^\d+$/.test(port) || Number(port) > 65_535)
      return `unable to parse ${JSON.stringify(port)} as a port: strconv.ParseUint: parsing ${JSON.stringify(port)}: ${/^\d+$/.test(port) ? 'value out of range' : 'invalid syntax'}`;
    if (Number(port) === 0) return `port ${JSON.stringify(port)} must be > 0`;
  }
  return undefined;
}

/** Gives every frame to its connection; the first one of a pair opens it. */
function* distribute(
  context: KubeletContext,
  target: ForwardTarget,
  upgrade: Channel<Frame>,
  output: Channel<Frame>,
): Waiting<void> {
  const open = new Map<number, Channel<Frame>>();
  for (;;) {
    const frame = yield* upgrade.receive();
    if (frame === 'end') break;
    const { stream, bytes } = frame;
    const known = open.get(stream);
    if (known) known.send({ ...frame, stream: 0 });
    else if (stream % 2 === 0 && bytes.length === 2) {
      const input = new Channel<Frame>();
      open.set(stream, input);
      const port = (bytes[0] as number) + (bytes[1] as number) * 256;
      context.sys.thread(() => carry(context, target, port, input, stream, output));
    }
  }
  for (const input of open.values()) input.close();
  output.close();
}

/** One forwarded connection from its dial to its end; its error stream ends last. */
function* carry(
  context: KubeletContext,
  { sandboxId }: ForwardTarget,
  port: number,
  input: Channel<Frame>,
  stream: number,
  output: Channel<Frame>,
): Waiting<void> {
  let failure = NO_BYTES;
  try {
    const connection = yield* context.cri.call('PortForward', { podSandboxId: sandboxId, port });
    context.sys.thread(() => pass(input, connection.input));
    for (;;) {
      const frame = yield* connection.output.receive();
      if (frame === 'end') break;
      output.send({ stream, bytes: frame.bytes });
    }
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    const text = `error forwarding port ${port} to pod ${sandboxId}, uid : ${error.message}`;
    failure = encodeText(text);
    context.log.error('portforward.go:233', error.message, 'Unhandled Error', { port: String(port) });
  }
  output.send({ stream, bytes: NO_BYTES, end: true });
  output.send({ stream: stream + 1, bytes: failure, end: true });
  input.close();
}

function* pass(from: Channel<Frame>, to: Channel<Frame>): Waiting<void> {
  for (;;) {
    const frame = yield* from.receive();
    if (frame === 'end') return to.close();
    to.send(frame);
  }
}
