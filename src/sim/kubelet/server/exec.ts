import type { ExecStream } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { encodeText } from '../../kernel/bytes.js';
import { Channel } from '../../kernel/channel.js';
import type { Frame, HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { refuse } from './logs.js';

const ERROR_STREAM = 3;

/** POST or GET /exec and /attach: an upgraded connection; what cannot be started is told on its error stream. */
export function* execOrAttach(
  context: KubeletContext,
  what: 'exec' | 'attach',
  containerId: string,
  query: URLSearchParams,
  request: HttpRequest,
): Waiting<HttpResponse> {
  if (!request.upgrade) return refuse(400, 'unable to upgrade: missing upgrade headers in request');
  const wants = (...names: string[]) => names.some((name) => ['1', 'true'].includes(query.get(name) ?? ''));
  const tty = wants('tty');
  const streams = {
    tty,
    stdin: wants('stdin', 'input'),
    stdout: wants('stdout', 'output'),
    // A terminal has one way out.
    stderr: wants('stderr', 'error') && !tty,
  };
  if (!streams.stdin && !streams.stdout && !streams.stderr)
    return refuse(400, 'you must specify at least 1 of stdin, stdout, stderr');
  const output = new Channel<Frame>();
  try {
    const command = query.getAll('command');
    const stream: ExecStream =
      what === 'exec'
        ? yield* context.cri.call('Exec', { containerId, command, ...streams })
        : yield* context.cri.call('Attach', { containerId, ...streams });
    join(context, stream, request.upgrade, output);
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    const failed = what === 'exec' ? 'executing command in' : 'attaching to';
    const message = internal(`error ${failed} container: ${error.message}`);
    const bytes = failureStatus(translated(request) ? internal(message) : message);
    output.send({ stream: ERROR_STREAM, bytes, end: true });
    output.close();
  }
  return { status: 101, headers: { upgrade: 'websocket', connection: 'Upgrade' }, upgrade: output };
}

function internal(message: string): string {
  return `Internal error occurred: ${message}`;
}

/**
 * Whether kubelet speaks SPDY to the runtime for the client: it does for v5 of the channels, and takes the Status that
 * comes back for an error of its own (StreamTranslatorHandler), so that its beginning is there twice.
 */
function translated({ headers }: HttpRequest): boolean {
  if (headers['upgrade']?.toLowerCase() === 'spdy/3.1') return false;
  const protocols = headers['sec-websocket-protocol'];
  return protocols === undefined ? headers['upgrade'] === undefined : protocols.includes('v5.channel.k8s.io');
}

function join(context: KubeletContext, stream: ExecStream, input: Channel<Frame>, output: Channel<Frame>): void {
  context.sys.thread(function* () {
    try {
      yield* pass(stream, output);
    } finally {
      // Also when kubelet itself ends: the streams go through it.
      output.close();
    }
  });
  context.sys.thread(function* () {
    for (;;) {
      const frame = yield* input.receive();
      if (frame === 'end') break;
      stream.input.send(frame);
    }
    stream.input.close();
  });
}

function* pass(stream: ExecStream, output: Channel<Frame>): Waiting<void> {
  for (;;) {
    const frame = yield* stream.output.receive();
    if (frame === 'end') return;
    if (frame.stream !== ERROR_STREAM) {
      output.send(frame);
      continue;
    }
    const code = Number(Buffer.from(frame.bytes).toString('utf8'));
    output.send({ stream: ERROR_STREAM, bytes: code === 0 ? successStatus() : exitStatus(code), end: true });
  }
}

function successStatus(): Uint8Array {
  return encodeText(JSON.stringify({ metadata: {}, status: 'Success' }));
}

function failureStatus(message: string): Uint8Array {
  return encodeText(
    JSON.stringify({
      metadata: {},
      status: 'Failure',
      message,
      reason: 'InternalError',
      details: { causes: [{ message }] },
      code: 500,
    }),
  );
}

/** How remotecommand tells that a command ended with another code than 0. */
function exitStatus(code: number): Uint8Array {
  return encodeText(
    JSON.stringify({
      metadata: {},
      status: 'Failure',
      message: `command terminated with non-zero exit code: command terminated with exit code ${code}`,
      reason: 'NonZeroExitCode',
      details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
    }),
  );
}
