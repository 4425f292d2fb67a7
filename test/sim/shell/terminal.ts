import xterm from '@xterm/headless';
import { startProcess } from '../../../src/sim/kernel/boot.js';
import type { Kernel } from '../../../src/sim/kernel/kernel.js';
import type { Program } from '../../../src/sim/kernel/sys.js';
import type { Terminal } from '../../../src/sim/kernel/terminal.js';
import { SECOND } from '../../../src/sim/kernel/time.js';
import { shellHost } from './harness.js';

/** A person at a terminal on which our bash runs. */
export interface Session {
  readonly kernel: Kernel;
  /** All bytes that came out so far. */
  raw(): string;
  /** Types text and lets time pass. */
  type(text: string, span?: number): void;
  resize(columns: number, rows: number): void;
  /** The window is closed; returns the commands that run on all the same. */
  hangUp(): string[];
  /** A file's text, by its path from the home directory. */
  file(name: string): string;
  /** The lines on the screen and those scrolled away, blank ones at the end cut off. */
  screen(): Promise<string[]>;
  /** The lines in the window alone, blank ones at the end cut off. */
  window(): Promise<string[]>;
  /** Column and row of the cursor. */
  cursor(): Promise<[number, number]>;
  ended(): boolean;
}

const HOME = '/home/drill';

/** Starts an interactive bash on a terminal; `files` are put into the home directory. */
export function openSession(
  options: {
    columns?: number;
    rows?: number;
    args?: readonly string[];
    files?: Readonly<Record<string, string>>;
    environment?: Readonly<Record<string, string>>;
    programs?: Readonly<Record<string, Program>>;
  } = {},
): Session {
  const size = { columns: options.columns ?? 80, rows: options.rows ?? 24 };
  const { kernel, host } = shellHost(options.programs);
  let terminal: Terminal | undefined;
  let raw = '';
  let over = false;
  const environment = {
    PATH: '/usr/bin:/bin',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC0',
    HOME,
    PWD: HOME,
    PS1: '$ ',
    TERM: 'xterm',
    ...options.environment,
  };
  startProcess(
    host,
    function* (sys) {
      sys.changeDirectory(HOME);
      for (const [name, content] of Object.entries(options.files ?? {})) sys.writeFile(name, content);
      terminal = sys.openTerminal(size);
      terminal.onOutput = (bytes) => {
        raw += Buffer.from(bytes).toString('utf8');
      };
      const pid = sys.spawn('/bin/bash', [...(options.args ?? ['bash'])], {
        terminal,
        session: true,
        foreground: true,
      });
      yield* sys.wait(pid);
      over = true;
      return 0;
    },
    ['init'],
    Object.entries(environment),
  );
  kernel.advance(SECOND);
  const sizes = [{ at: 0, ...size }];
  const emulate = async () => {
    const emulator = new xterm.Terminal({ cols: size.columns, rows: size.rows, allowProposedApi: true });
    let from = 0;
    for (const [index, { columns, rows }] of sizes.entries()) {
      emulator.resize(columns, rows);
      const to = sizes[index + 1]?.at ?? raw.length;
      await new Promise<void>((resolve) => emulator.write(raw.slice(from, to), resolve));
      from = to;
    }
    return emulator;
  };
  return {
    kernel,
    raw: () => raw,
    type: (text, span = SECOND) => {
      terminal?.type(Buffer.from(text));
      kernel.advance(span);
      if (kernel.crashes[0]) throw kernel.crashes[0].error;
    },
    resize: (columns, rows) => {
      sizes.push({ at: raw.length, columns, rows });
      terminal?.resize({ columns, rows });
      kernel.advance(SECOND);
    },
    hangUp: () => {
      terminal?.hangUp();
      kernel.advance(SECOND);
      return [...host.processes()].filter(({ ended, pid }) => !ended && pid !== 1).map(({ args }) => args.join(' '));
    },
    file: (name) => {
      let text = '';
      startProcess(
        host,
        function* (sys) {
          text = Buffer.from(sys.readFile(`${HOME}/${name}`)).toString('utf8');
          return 0;
        },
        ['reader'],
      );
      kernel.advance(SECOND);
      return text;
    },
    screen: async () => linesFrom(await emulate(), 0),
    window: async () => {
      const emulator = await emulate();
      return linesFrom(emulator, emulator.buffer.active.baseY);
    },
    cursor: async () => {
      const { buffer } = await emulate();
      return [buffer.active.cursorX, buffer.active.cursorY];
    },
    ended: () => over,
  };
}

function linesFrom({ buffer: { active } }: xterm.Terminal, first: number): string[] {
  const lines = Array.from(
    { length: active.length - first },
    (_, row) => active.getLine(first + row)?.translateToString(true) ?? '',
  );
  while (lines.at(-1) === '') lines.pop();
  return lines;
}
