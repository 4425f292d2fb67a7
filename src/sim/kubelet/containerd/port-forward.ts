import type { ExecStream } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { dialError } from '../../client/go-errors.js';
import { carryHttp } from '../../client/http-wire.js';
import { type Bytes, NO_BYTES } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection, Frame } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Sandbox } from './state.js';

const DATA_IN = 0;
const DATA_OUT = 1;
/** How long the one direction may go on when the other is at its end (containerd, as socat had it). */
const GRACE = 500 * MILLISECOND;
const DIAL_TIMEOUT = 30 * SECOND;

/** Whether the client has said all it will. */
interface Sent {
  over: boolean;
  readonly changed: WaitQueue;
}

/**
 * Opens a connection to a port inside a sandbox and joins it to a pair of channels: data there in stream 0, back in
 * stream 1. Throws `CriError` when nobody listens.
 */
export function* forwardPort(sys: Sys, sandbox: Sandbox, port: number): Waiting<ExecStream> {
  const connection = yield* dial(sandbox, port);
  const input = new Channel<Frame>();
  const output = new Channel<Frame>();
  if (connection.application === 'raw') {
    const sent: Sent = { over: false, changed: new WaitQueue() };
    sys.thread(() => sendRaw(input, connection, sent));
    sys.thread(() => receiveRaw(sys, connection, output, sent));
  } else sys.thread(() => carryMessages(input, output, connection));
  return { input, output };
}

function* dial(sandbox: Sandbox, port: number): Waiting<Connection> {
  const place = sandbox.address === undefined ? 'host' : `/var/run/netns/cni-${netnsName(sandbox.id)}`;
  const failed = (why: string): CriError =>
    new CriError(`failed to execute portforward in network namespace ${JSON.stringify(place)}: ${why}`);
  if (sandbox.state !== 'SANDBOX_READY')
    throw new CriError(`sandbox container ${JSON.stringify(sandbox.id)} is not running`);
  try {
    const connection = yield* sandbox.network.connect({ address: '127.0.0.1', port }, DIAL_TIMEOUT);
    if (connection.serverTls && connection.application !== 'raw')
      throw failed(`port ${port} speaks TLS, which a forwarded port of this simulated cluster does not carry`);
    return connection;
  } catch (error) {
    if (!isErrno(error)) throw error;
    const [four, six] = ['127.0.0.1', '[::1]'].map((address) => dialError(error.code, `${address}:${port}`).message);
    throw failed(
      `failed to connect to localhost:${port} inside namespace ${JSON.stringify(sandbox.id)}, IPv4: ${four?.replace('dial tcp ', 'dial tcp4 ')} IPv6 ${six?.replace('dial tcp ', 'dial tcp6 ')} `,
    );
  }
}

/** The name CNI gives a namespace looks like a UUID; here it follows from the sandbox. */
function netnsName(id: string): string {
  return [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-');
}

function* sendRaw(input: Channel<Frame>, connection: Connection, sent: Sent): Waiting<void> {
  for (;;) {
    const frame = yield* input.receive();
    if (frame === 'end') break;
    if (frame.stream !== DATA_IN) continue;
    if (frame.bytes.length > 0) connection.send({ kind: 'raw', bytes: frame.bytes });
    if (!frame.end) continue;
    connection.send({ kind: 'raw', bytes: NO_BYTES });
    sent.over = true;
    sent.changed.wakeAll();
  }
  connection.close();
  sent.over = true;
  sent.changed.wakeAll();
}

function* receiveRaw(sys: Sys, connection: Connection, output: Channel<Frame>, sent: Sent): Waiting<void> {
  for (;;) {
    const item = yield* connection.incoming.receive();
    if (item === 'end') break;
    const bytes = (item as { bytes?: Bytes }).bytes ?? NO_BYTES;
    if (bytes.length > 0) {
      output.send({ stream: DATA_OUT, bytes });
      continue;
    }
    // An empty message is the server's end of output. It may go on listening.
    const until = sys.now() + GRACE;
    while (!sent.over && !connection.incoming.closed && sys.now() < until)
      yield { queues: [sent.changed, connection.incoming.readable], until };
    break;
  }
  output.close();
}

/** To a server that speaks in messages: HTTP is put into them, whatever else is spoken there hangs up. */
function* carryMessages(input: Channel<Frame>, output: Channel<Frame>, connection: Connection): Waiting<void> {
  const stream = {
    *read(): Waiting<Bytes> {
      for (;;) {
        const frame = yield* input.receive();
        if (frame === 'end' || (frame.end && frame.bytes.length === 0)) return NO_BYTES;
        if (frame.stream === DATA_IN && frame.bytes.length > 0) return frame.bytes;
      }
    },
    write: (bytes: Bytes) => output.send({ stream: DATA_OUT, bytes }),
  };
  if (connection.application === 'http') yield* carryHttp(stream, connection);
  connection.close();
  output.close();
}
