import { spawn } from 'node:child_process';

/** How a program of this computer ended. */
export interface Ended {
  /** 0 to 255; 127 when it could not be started, 124 when its time was over, 255 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string;
  /** 30 when left out. */
  readonly timeoutSeconds?: number;
  /** Ends the program. */
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_SECONDS = 30;
/** Of what a program prints. */
const BYTES_MAX = 64 * 1024 * 1024;

/** Runs a program with these very arguments, never through a shell. Whatever becomes of it is a result. */
export function runProgram(
  path: string,
  args: readonly string[],
  { variables = process.env, stdin = '', timeoutSeconds = TIMEOUT_SECONDS, signal }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(path, args, { env: { ...variables }, ...(signal ? { signal } : {}) });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    let bytes = 0;
    let late = false;
    let failure: NodeJS.ErrnoException | undefined;
    const keep = (pieces: Buffer[]) => (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > BYTES_MAX) cut();
      else pieces.push(piece);
    };
    // What it started may live on and hold its streams open: that is not waited for.
    const cut = (): void => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => {
      late = true;
      cut();
    }, timeoutSeconds * 1000);
    child.stdout.on('data', keep(stdout));
    child.stderr.on('data', keep(stderr));
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
    child.on('error', (error) => {
      failure = error;
      // One that never started does not close.
      if (child.pid === undefined) done(127);
      else cut();
    });
    child.on('close', (code) => done(late ? 124 : (code ?? 255)));
    function done(code: number): void {
      clearTimeout(timer);
      const said = Buffer.concat(stderr).toString('utf8');
      resolve({ code, stdout: Buffer.concat(stdout).toString('utf8'), stderr: said || (failure?.message ?? '') });
    }
  });
}
