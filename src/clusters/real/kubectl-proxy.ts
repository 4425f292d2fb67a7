import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from '../port.js';
import { type GuardedProgram, startGuarded } from './guarded-program.js';

/** `kubectl proxy` on a socket that nobody else reaches: it signs in however the kubeconfig says. */
export interface KubectlProxy {
  /** The path of its socket. */
  readonly socket: string;
  /** Why it is gone; undefined while it runs, and after `close`. */
  readonly failure: string | undefined;
  onFailure(listener: (reason: string) => void): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Absolute path of the program. */
  readonly kubectl: string;
  /** Absolute path of a kubeconfig. */
  readonly kubeconfig: string;
  /** A context of it; its current one when left out. */
  readonly context?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

const START_SECONDS_MAX = 30;
/** What the address of a socket may take at most, on every system. */
const SOCKET_PATH_MAX = 100;

/** Starts the proxy and waits until it serves. Throws `ClusterError` with what kubectl says when it does not. */
export async function startProxy(options: ProxyOptions): Promise<KubectlProxy> {
  if (process.platform === 'win32')
    throw new ClusterError('Real clusters are reached from Linux and macOS; on Windows, run kubedrill in WSL');
  const folder = privateFolder();
  const socket = join(folder, 'api');
  const program = startGuarded(folder, options.kubectl, argumentsFor(socket, options), options.environment);
  const failed = new Set<(reason: string) => void>();
  const state: { failure: string | undefined } = { failure: undefined };
  program.onEnd((said) => {
    state.failure = `kubectl proxy ended${said ? `: ${lastLine(said)}` : ''}`;
    for (const listener of failed) listener(state.failure);
  });
  await serving(program, options.signal);
  return {
    socket,
    get failure() {
      return state.failure;
    },
    onFailure: (listener) => void failed.add(listener),
    close: () => program.end(),
  };
}

/** Nothing is filtered: only whoever may enter the folder reaches the socket, and that is the person alone. */
function argumentsFor(socket: string, { kubeconfig, context }: ProxyOptions): string[] {
  const where = [`--kubeconfig=${kubeconfig}`, ...(context === undefined ? [] : [`--context=${context}`])];
  return ['proxy', ...where, `--unix-socket=${socket}`, '--disable-filter=true', '--append-server-path=true'];
}

function privateFolder(): string {
  const folder = join(tmpdir(), 'kubedrill-');
  const usual = Buffer.byteLength(join(`${folder}XXXXXX`, 'api')) <= SOCKET_PATH_MAX;
  return mkdtempSync(usual ? folder : '/tmp/kubedrill-');
}

async function serving(program: GuardedProgram, signal?: AbortSignal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let aborted = (): void => {};
  try {
    await new Promise<void>((resolve, reject) => {
      program.onOutput((text) => text.includes('Starting to serve') && resolve());
      program.onEnd((said) =>
        reject(new ClusterError(`kubectl proxy did not start: ${lastLine(said) || 'no reason given'}`)),
      );
      timer = setTimeout(
        () => reject(new ClusterError(`kubectl proxy did not start within ${START_SECONDS_MAX} seconds`)),
        START_SECONDS_MAX * 1000,
      );
      aborted = () => reject(new ClusterError('it was interrupted'));
      if (signal?.aborted) aborted();
      signal?.addEventListener('abort', aborted);
    });
  } catch (error) {
    await program.end();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', aborted);
  }
}

/** Programs say last what ended them. */
function lastLine(text: string): string {
  return (
    text
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^error: /, '') ?? ''
  );
}
