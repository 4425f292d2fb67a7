import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { IPty } from '@lydell/node-pty';
import type { OwnShell } from '../../clusters/real/real-cluster.js';
import { withoutTerminalsEnds } from './terminals-ends.js';

/** How long a session that was hung up may take to end before it is ended. */
const GRACE_MILLISECONDS = 2000;

/** A shell of the person's own in a terminal that only we see. */
export interface PseudoTerminal {
  type(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Reads nothing meanwhile, so that whoever writes too much waits. */
  hold(): void;
  release(): void;
  /** The program that the terminal waits for; undefined where that is the shell itself. */
  running(): string | undefined;
  /** Hangs the shell's whole session up; resolves when nothing of it is left. */
  hangUp(): Promise<void>;
}

/** What a terminal tells of itself. */
export interface PseudoTerminalListener {
  shows(bytes: Uint8Array): void;
  /** The shell ended by itself, with its status. */
  ends(status: number): void;
}

/** Starts a shell in a terminal of this size. Throws where the shell cannot be started. */
export type OpenPseudoTerminal = (
  shell: OwnShell,
  size: { readonly columns: number; readonly rows: number },
  listener: PseudoTerminalListener,
) => PseudoTerminal;

type Spawn = typeof import('@lydell/node-pty')['spawn'];

/**
 * What makes pseudo-terminals; undefined where there is nothing that does. It is a package with a part for each kind of
 * computer, so it may be missing, or be there and not work: neither keeps the program from starting.
 */
export async function pseudoTerminals(environment: NodeJS.ProcessEnv): Promise<OpenPseudoTerminal | undefined> {
  let spawn: Spawn | undefined;
  try {
    const loaded: { readonly spawn?: Spawn; readonly default?: { readonly spawn: Spawn } } = await import(
      '@lydell/node-pty'
    );
    // It is CommonJS, of which Node does not see by itself what it gives.
    spawn = loaded.spawn ?? loaded.default?.spawn;
  } catch {
    return undefined;
  }
  if (typeof spawn !== 'function') return undefined;
  return ({ command, args, environment: added, folder }, { columns, rows }, listener) => {
    // The person's own, on a terminal of this kind.
    const env = { ...environment, TERM: 'xterm-256color', ...added };
    const [program = command, ...words] = withoutTerminalsEnds([command, ...args], env);
    const pty = spawn(program, words, {
      name: 'xterm-256color',
      cols: columns,
      rows,
      cwd: folder,
      env,
      encoding: null,
    });
    return new OwnPseudoTerminal(pty, basename(command), listener);
  };
}

class OwnPseudoTerminal implements PseudoTerminal {
  private readonly pty: IPty;
  private readonly shell: string;
  private readonly exited: Promise<void>;
  private over = false;
  private hungUp = false;

  constructor(pty: IPty, shell: string, listener: PseudoTerminalListener) {
    this.pty = pty;
    this.shell = shell;
    // Without an encoding it gives bytes, whatever its types say.
    pty.onData((bytes: unknown) => {
      if (!this.hungUp) listener.shows(typeof bytes === 'string' ? Buffer.from(bytes) : (bytes as Uint8Array));
    });
    this.exited = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        this.over = true;
        resolve();
        if (!this.hungUp) listener.ends(signal ? 128 + signal : exitCode);
      });
    });
  }

  type(bytes: Uint8Array): void {
    // Its types know text only, which would spoil bytes that are none.
    if (!this.over) this.pty.write(Buffer.from(bytes) as unknown as string);
  }

  resize(columns: number, rows: number): void {
    if (this.over) return;
    try {
      this.pty.resize(columns, rows);
    } catch {
      // It ended a moment ago, which is about to be told.
    }
  }

  hold(): void {
    if (!this.over) this.pty.pause();
  }

  release(): void {
    if (!this.over) this.pty.resume();
  }

  running(): string | undefined {
    if (this.over) return undefined;
    const name = basename(this.pty.process);
    return name === '' || name === this.shell ? undefined : name;
  }

  async hangUp(): Promise<void> {
    this.hungUp = true;
    const { pid } = this.pty;
    // A terminal that nobody reads keeps whoever writes to it.
    this.release();
    const left = (): number[] => [...new Set([...(this.over ? [] : [pid]), ...sessionOf(pid)])];
    for (const signal of ['SIGHUP', 'SIGKILL'] as const) {
      for (const one of left()) signalQuietly(one, signal);
      // What is stopped hears nothing before it goes on.
      if (signal === 'SIGHUP') for (const one of left()) signalQuietly(one, 'SIGCONT');
      if (await isOver(() => left().length === 0)) break;
    }
    (this.pty as IPty & { destroy?(): void }).destroy?.();
    if (!this.over) await Promise.race([this.exited, pause(GRACE_MILLISECONDS)]);
  }
}

/** Processes whose session a process leads, background jobs among them; none where the system has no such files. */
function sessionOf(leader: number): number[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in parentheses may hold spaces; behind it are state, parent, group and session.
      const [state, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(session) === leader && state !== 'Z' ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}

/** Waits until something is over; false when the grace is. */
async function isOver(over: () => boolean): Promise<boolean> {
  const until = performance.now() + GRACE_MILLISECONDS;
  while (!over()) {
    if (performance.now() > until) return false;
    await pause(20);
  }
  return true;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
