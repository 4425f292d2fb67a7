import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { TerminalOptions, TerminalSession } from '../port.js';
import type { Played } from '../real/real-cluster.js';
import { PROMPT_MARK } from './node-setup.js';
import type { Nodes } from './nodes.js';
import type { Variables } from './variables.js';

/** A login shell on a terminal that `script` makes inside the container, where none is to be had outside. */
const shellAfter = (first: string) => [
  'script',
  '--quiet',
  '--flush',
  '--return',
  '--command',
  `${first}exec bash -l`,
  '/dev/null',
];

interface NodeShell {
  write(bytes: Uint8Array): void;
  onOutput(listener: (bytes: Uint8Array) => void): () => void;
  onClose(listener: (status: number) => void): () => void;
  kill(): void;
}

/** `first` is done on the new terminal before the shell. */
function startShell(nodes: Nodes, environment: Variables, host: string, user: string, first: string): NodeShell {
  const prepared = ['bash', '-c', 'cd; exec "$@"', 'bash', ...shellAfter(first)];
  const { path, args } = nodes.command(host, user, ['env', 'TERM=xterm-256color', ...prepared]);
  const child = spawn(path, args, {
    env: environment as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const hears = new Set<(bytes: Uint8Array) => void>();
  const closes = new Set<(status: number) => void>();
  let ended: number | undefined;
  const tell = (piece: Uint8Array) => {
    for (const listener of hears) listener(piece);
  };
  child.stdout.on('data', tell);
  child.stderr.on('data', tell);
  child.stdin.on('error', () => undefined);
  const close = (status: number) => {
    if (ended !== undefined) return;
    ended = status;
    for (const listener of closes) listener(status);
  };
  child.on('error', () => close(127));
  child.on('close', (code) => close(code ?? 255));
  return {
    write: (bytes) => void child.stdin.write(bytes),
    onOutput: (listener) => subscribe(hears, listener),
    onClose(listener) {
      if (ended !== undefined) listener(ended);
      return subscribe(closes, listener);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function nothing(): void {}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A terminal on a node. `script` learns of no size but that of its beginning, so the terminal itself is told of others. */
export function openNodeTerminal(
  nodes: Nodes,
  environment: Variables,
  { host, user, columns, rows }: TerminalOptions,
): TerminalSession {
  const note = `/tmp/.kubedrill-terminal-${randomUUID()}`;
  const shell = startShell(nodes, environment, host, user, `stty cols ${columns} rows ${rows}; tty > ${note}; `);
  let resized = Promise.resolve();
  return {
    write: (bytes) => shell.write(bytes),
    resize(wide, high) {
      const set = `stty -F "$(cat ${note})" cols ${wide} rows ${high}`;
      // One after another; a terminal that is gone has no size.
      resized = resized.then(() => nodes.run(host, 'root', ['bash', '-c', set])).then(nothing, nothing);
    },
    onOutput: (listener) => shell.onOutput(listener),
    onClose: (listener) => shell.onClose(listener),
    close: () => shell.kill(),
  };
}

/** A command that says nothing is typed over after so long: what reads has it in its terminal when it asks. */
const SILENCE_MILLISECONDS = 5_000;
/** What comes behind a prompt belongs to it. */
const AFTER_PROMPT_MILLISECONDS = 150;
const PLAY_MINUTES = 20;
/** Shells within shells. */
const DEPTH_MAX = 6;
/** Ctrl-D. */
const END_OF_INPUT = Uint8Array.of(4);

/**
 * Types texts into a login shell, each line when a prompt is there (every bash on our nodes tells by a mark that no terminal
 * shows), or when nothing was heard for a while: editors and programs that ask have no prompt of ours. Then the shell's end is
 * waited for.
 */
export async function playOnNode(nodes: Nodes, environment: Variables, played: Played): Promise<void> {
  const shell = startShell(nodes, environment, played.host, played.user, '');
  const heard = new Heard();
  const kill = (): void => shell.kill();
  const timer = setTimeout(kill, PLAY_MINUTES * 60_000);
  played.signal?.addEventListener('abort', kill);
  if (played.signal?.aborted) kill();
  const closed = new Promise<void>((resolve) => void shell.onClose(() => resolve()));
  let open = true;
  void closed.then(() => {
    open = false;
  });
  shell.onOutput((bytes) => {
    heard.take(bytes);
    played.onOutput?.(bytes);
  });
  for (const text of played.texts) {
    for (const line of linesOf(text)) {
      await Promise.race([heard.asks(), closed]);
      if (!open) break;
      heard.forget();
      shell.write(Buffer.from(line));
    }
  }
  await leave(shell, heard, closed, () => open);
  clearTimeout(timer);
  played.signal?.removeEventListener('abort', kill);
}

/** Ends one shell after another: of those that became somebody else each has its own end. What does not heed it is killed. */
async function leave(shell: NodeShell, heard: Heard, closed: Promise<void>, isOpen: () => boolean): Promise<void> {
  for (let depth = 0; depth < DEPTH_MAX; depth += 1) {
    await Promise.race([heard.asks(), closed]);
    if (!isOpen()) return;
    heard.forget();
    shell.write(END_OF_INPUT);
  }
  await Promise.race([heard.asks(), closed]);
  if (isOpen()) shell.kill();
  await closed;
}

/** Whole lines, with their ends; keys without one stay together. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What a shell said since somebody typed. */
class Heard {
  private text = '';
  private last = Date.now();

  take(bytes: Uint8Array): void {
    this.text = (this.text + Buffer.from(bytes).toString('latin1')).slice(-4096);
    this.last = Date.now();
  }

  forget(): void {
    this.text = '';
    this.last = Date.now();
  }

  /** Resolves when a prompt is there, or all has been silent long enough. */
  async asks(): Promise<void> {
    for (;;) {
      const silent = Date.now() - this.last;
      const prompt = this.text.includes(PROMPT_MARK);
      if (silent >= (prompt ? AFTER_PROMPT_MILLISECONDS : SILENCE_MILLISECONDS)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
