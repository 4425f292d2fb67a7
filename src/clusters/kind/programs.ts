import { spawn } from 'node:child_process';
import { type FoundProgram, findProgram } from '../real/find-program.js';
import type { Variables } from './variables.js';

/** What an outside program said and how it ended. */
export interface Ran {
  /** 0 to 255; 124 when the time was over, 128 and the signal's number when it was killed. */
  readonly code: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array | undefined;
  /** 30 when left out. */
  readonly timeoutSeconds?: number;
  readonly signal?: AbortSignal | undefined;
  /** On top of the surroundings that all programs get. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Told each whole line of either stream, without its end. */
  onLine?(line: string): void;
  /** Told each piece of the standard output as it comes. */
  onOutput?(bytes: Uint8Array): void;
}

/** Outside programs, started directly (never through a shell) in a process group of their own: Ctrl-C is ours to answer. */
export interface Programs {
  find(name: string): FoundProgram;
  /** Runs a program to its end. Never throws: what cannot be started ends with 127. */
  run(path: string, args: readonly string[], options?: RunOptions): Promise<Ran>;
}

const TIMEOUT_SECONDS = 30;
/** After so long a program that was asked to end is killed. */
const GRACE_MILLISECONDS = 5_000;
const TIMED_OUT = 124;
const NOT_STARTED = 127;
const SIGNALLED = 128;
const TERMINATED = 15;
/** More than this of one stream is not kept. */
const BYTES_MAX = 64 * 1024 * 1024;

/** The programs of this computer, looked for in `environment`'s PATH and started with that environment. */
export function ownPrograms(environment: Variables): Programs {
  return {
    find: (name) => findProgram(name, environment),
    run: (path, args, options = {}) => runProgram(path, args, environment, options),
  };
}

function runProgram(path: string, args: readonly string[], environment: Variables, options: RunOptions): Promise<Ran> {
  const { stdin, timeoutSeconds = TIMEOUT_SECONDS, signal, onLine, onOutput } = options;
  if (signal?.aborted) return Promise.resolve({ code: SIGNALLED + TERMINATED, stdout: new Uint8Array(), stderr: '' });
  return new Promise((resolve) => {
    const child = spawn(path, args, {
      env: { ...environment, ...options.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const output = new Kept(onLine, onOutput);
    const errors = new Kept(onLine);
    let timedOut = false;
    const end = () => endGroup(child.pid);
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutSeconds * 1000);
    signal?.addEventListener('abort', end, { once: true });
    const finish = (code: number, why = '') => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      output.flush();
      errors.flush();
      resolve({ code: timedOut ? TIMED_OUT : code, stdout: output.bytes(), stderr: errors.text() + why });
    };
    child.stdout.on('data', (piece: Buffer) => output.take(piece));
    child.stderr.on('data', (piece: Buffer) => errors.take(piece));
    // Who does not read to the end breaks the pipe; how it ended is told by `close`.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin ?? '');
    child.on('error', (error) => finish(NOT_STARTED, `${path}: ${error.message}`));
    child.on('close', (code, killed) => finish(code ?? SIGNALLED + (killed === 'SIGKILL' ? 9 : TERMINATED)));
  });
}

/** Asks a process and all it started to end, and kills what has not a moment later. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  signalGroup(pid, 'SIGTERM');
  setTimeout(() => signalGroup(pid, 'SIGKILL'), GRACE_MILLISECONDS).unref();
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** What came of a stream, whole and line by line. */
class Kept {
  private readonly pieces: Buffer[] = [];
  private length = 0;
  private rest = '';
  private readonly decoder = new TextDecoder();

  constructor(
    private readonly onLine?: (line: string) => void,
    private readonly onPiece?: (bytes: Uint8Array) => void,
  ) {}

  take(piece: Buffer): void {
    this.onPiece?.(piece);
    if (this.length < BYTES_MAX) {
      this.pieces.push(piece);
      this.length += piece.length;
    }
    if (!this.onLine) return;
    const lines = (this.rest + this.decoder.decode(piece, { stream: true })).split(/\r?\n|\r/);
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.onLine(line);
  }

  flush(): void {
    if (this.rest !== '') this.onLine?.(this.rest);
    this.rest = '';
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.pieces);
  }

  text(): string {
    return Buffer.concat(this.pieces).toString('utf8');
  }
}

/** The standard output as text. */
export function textOf({ stdout }: Pick<Ran, 'stdout'>): string {
  return Buffer.from(stdout).toString('utf8');
}
