import { spawnSync } from 'node:child_process';
import type { IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

/** How long a screen is waited for, in real milliseconds: far more than a slow computer needs. */
const PATIENCE_MILLISECONDS = 120_000;
const PROMPT = /^(?:candidate|root)@[\w-]+:\S+[$#]$/;

const KEYS = {
  'Ctrl-C': '\x03',
  'Ctrl-D': '\x04',
  'Ctrl-]': '\x1d',
  down: '\x1b[B',
  Enter: '\r',
  Escape: '\x1b',
  F1: '\x1bOP',
  F3: '\x1bOR',
  F5: '\x1b[15~',
  F6: '\x1b[17~',
  F7: '\x1b[18~',
  F8: '\x1b[19~',
  F9: '\x1b[20~',
  F10: '\x1b[21~',
  'paste begins': '\x1b[200~',
  'paste ends': '\x1b[201~',
} as const;

export type Key = keyof typeof KEYS;

export interface Start {
  /** What runs in the terminal. */
  readonly command: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly columns?: number;
  readonly rows?: number;
}

/** How a program ended. */
export interface Ending {
  readonly exitCode: number;
  readonly signal?: number | undefined;
}

/** Somebody at a real terminal: the program runs in a pty of its own, an emulator shows what it writes. */
export class Person {
  /** Resolves when the program is gone and all it wrote is shown. */
  readonly ended: Promise<Ending>;
  /** Everything the program wrote. */
  written = '';
  private readonly emulator: InstanceType<typeof xterm.Terminal>;
  private readonly pty: IPty;
  private readonly waiting = new Set<() => void>();
  private over = false;

  constructor(start: typeof spawn, { command: [file, ...argv], environment, columns = 100, rows = 30 }: Start) {
    this.emulator = new xterm.Terminal({ cols: columns, rows, scrollback: 200, allowProposedApi: true });
    this.pty = start(file, argv, {
      name: environment['TERM'] ?? 'xterm-256color',
      cols: columns,
      rows,
      env: environment,
    });
    this.emulator.onData((reply) => this.types(reply));
    this.pty.onData((text) => {
      this.written += text;
      this.emulator.write(text, () => this.look());
    });
    this.ended = new Promise((resolve) => {
      this.pty.onExit((how) => {
        this.over = true;
        this.emulator.write('', () => {
          this.look();
          resolve(how);
        });
      });
    });
  }

  /** What the terminal has been asked for, and would keep when nobody took it back. */
  get modes(): { alternateScreen: boolean; bracketedPaste: boolean; mouse: string; cursorShown: boolean } {
    return {
      alternateScreen: this.emulator.buffer.active.type === 'alternate',
      bracketedPaste: this.emulator.modes.bracketedPasteMode,
      mouse: this.emulator.modes.mouseTrackingMode,
      cursorShown: this.written.lastIndexOf('\x1b[?25h') >= this.written.lastIndexOf('\x1b[?25l'),
    };
  }

  types(text: string): void {
    if (!this.over) this.pty.write(text);
  }

  presses(...keys: readonly Key[]): void {
    for (const key of keys) this.types(KEYS[key]);
  }

  /** Puts a text in at once, as a terminal does that was asked to mark what is pasted. */
  pastes(text: string): void {
    this.types(`${KEYS['paste begins']}${text}${KEYS['paste ends']}`);
  }

  resizes(columns: number, rows: number): void {
    this.emulator.resize(columns, rows);
    this.pty.resize(columns, rows);
  }

  /** Sends a signal to the program alone, which the shell in the terminal has started. */
  signalsProgram(signal: NodeJS.Signals): void {
    process.kill(onlyChildOf(this.pty.pid), signal);
  }

  /** The terminal goes away under whoever runs in it. */
  closesWindow(): void {
    this.over = true;
    (this.pty as IPty & { destroy(): void }).destroy();
  }

  /** Ends the program without a word, as a crash would. */
  async kills(): Promise<void> {
    if (this.over) return;
    process.kill(this.pty.pid, 'SIGKILL');
    await this.ended;
  }

  /** What stands on the terminal, row by row. */
  rows(): string[] {
    const { active } = this.emulator.buffer;
    return Array.from({ length: this.emulator.rows }, (_, row) =>
      (active.getLine(active.baseY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  /** The lowest place shown in reverse, where the pane draws its cursor. */
  cursor(): string {
    const { active } = this.emulator.buffer;
    for (let row = this.emulator.rows - 1; row >= 0; row -= 1) {
      const line = active.getLine(active.baseY + row);
      for (let column = 0; column < this.emulator.cols; column += 1)
        if (line?.getCell(column)?.isInverse()) return `${row}:${column}`;
    }
    return '';
  }

  /** Waits until the screen is as wanted; fails with what stands there instead. */
  async sees(wanted: string, is: (rows: readonly string[]) => boolean = holds(wanted)): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const failed = (why: string): void => {
        stop();
        reject(new Error(`${why} before the screen showed: ${wanted}\n${this.rows().join('\n')}`));
      };
      const timer = setTimeout(() => failed(`${PATIENCE_MILLISECONDS} ms went by`), PATIENCE_MILLISECONDS);
      const stop = (): void => {
        clearTimeout(timer);
        this.waiting.delete(look);
      };
      const look = (): void => {
        if (is(this.rows())) {
          stop();
          resolve();
        } else if (this.over) failed('the program ended');
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Waits for a row that is exactly so. */
  async seesRow(wanted: string): Promise<void> {
    await this.sees(`a row “${wanted}”`, (rows) => rows.includes(wanted));
  }

  /** Waits until something is gone from the screen. */
  async seesNoMore(unwanted: string): Promise<void> {
    await this.sees(`no more “${unwanted}”`, (rows) => !holds(unwanted)(rows));
  }

  /** Waits for the prompt, with nothing typed at it. */
  async seesPrompt(): Promise<void> {
    await this.sees('a prompt', (rows) => PROMPT.test(lastRow(rows)));
  }

  /** Types a command line, waits until it is shown, presses Enter, and waits until the cursor has gone on. */
  async enters(line: string): Promise<void> {
    await this.seesPrompt();
    this.types(line);
    await this.sees(`“${line}” being typed`, (rows) => endsWith(rows, line));
    const before = this.cursor();
    this.presses('Enter');
    await this.sees(`“${line}” entered`, (rows) => !endsWith(rows, line) || this.cursor() !== before);
  }

  /** Runs a command line to its end. */
  async runs(line: string): Promise<void> {
    await this.enters(line);
    await this.seesPrompt();
  }

  private look(): void {
    for (const look of [...this.waiting]) look();
  }
}

/** The one process that another has started. Throws where there is none, or several: the wrong one must not be meant. */
function onlyChildOf(parent: number): number {
  const { stdout, error } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  if (error) throw error;
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const children = pairs.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
  if (children.length !== 1) throw new Error(`process ${parent} has ${children.length} children instead of one`);
  return children[0] as number;
}

function holds(wanted: string): (rows: readonly string[]) => boolean {
  return (rows) => rows.join('\n').includes(wanted);
}

/** The last row of the pane that is not empty; below the pane are the keys. */
function lastRow(rows: readonly string[]): string {
  return rows.slice(0, -1).findLast((row) => row.trim() !== '') ?? '';
}

/** Whether the text above the keys ends so; a long line goes on in the next row, so blanks are not looked at. */
function endsWith(rows: readonly string[], line: string): boolean {
  const solid = (text: string): string => text.replace(/\s/g, '');
  return solid(rows.slice(0, -1).join('')).endsWith(solid(line));
}
