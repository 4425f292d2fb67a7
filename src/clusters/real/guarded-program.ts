import { type ChildProcess, spawn } from 'node:child_process';

/** A program that lives no longer than this one, however this one ends. */
export interface GuardedProgram {
  /** Each piece of what it prints on standard output. */
  onOutput(listener: (text: string) => void): void;
  /** It ended by itself, and what it last said on standard error. */
  onEnd(listener: (said: string) => void): void;
  /** Ends it; resolves when it is gone, and its folder. */
  end(): Promise<void>;
}

/**
 * Stands between: nobody can be told of this program's violent end but by a pipe that breaks. In a session of its own, so
 * that keys of the terminal end nothing.
 */
const GUARD = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const [folder, command, ...args] = process.argv.slice(1);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const end = () => child.kill('SIGKILL');
const leave = (code) => { rmSync(folder, { recursive: true, force: true }); process.exit(code); };
process.stdin.on('end', end).on('error', end).resume();
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM']) process.on(signal, end);
child.on('error', ({ message }) => { console.error(message); leave(127); });
child.on('exit', (code) => leave(code ?? 255));
`;
const SAID_MAX = 4096;

/** Starts a program under a guard, which takes away a folder when the program has ended. */
export function startGuarded(
  folder: string,
  command: string,
  args: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): GuardedProgram {
  const guard: ChildProcess = spawn(process.execPath, ['-e', GUARD, folder, command, ...args], {
    env: { ...variables, NODE_OPTIONS: '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  let wanted = false;
  const gone = new Promise<void>((resolve) => {
    guard.on('close', () => resolve());
    guard.on('error', ({ message }) => {
      said = message;
      resolve();
    });
  });
  guard.stderr?.on('data', (piece: Buffer) => {
    said = `${said}${piece.toString()}`.slice(-SAID_MAX);
  });
  guard.stdin?.on('error', () => {});
  return {
    onOutput: (listener) => void guard.stdout?.on('data', (piece: Buffer) => listener(piece.toString())),
    onEnd: (listener) => void gone.then(() => wanted || listener(said.trim())),
    end() {
      wanted = true;
      guard.stdin?.end();
      return gone;
    },
  };
}
