import { EventEmitter } from 'node:events';
import xterm from '@xterm/headless';
import { expect, vi } from 'vitest';
import type { BeginAt } from '../../src/ui/conductor.js';
import type { ScreenPorts } from '../../src/ui/ports.js';
import { runScreens } from '../../src/ui/run-screens.js';

class Keyboard extends EventEmitter {
  readonly isTTY = true;
  raw = false;

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  resume(): this {
    return this;
  }

  pause(): this {
    return this;
  }
}

/** A person's terminal: an emulator that also remembers what was written to it. */
export class Stage extends EventEmitter {
  readonly isTTY = true;
  readonly keyboard = new Keyboard();
  readonly emulator: InstanceType<typeof xterm.Terminal>;
  /** Everything written, in order. */
  readonly written: string[] = [];
  /** Resolves to the exit code. */
  ended: Promise<number> = Promise.resolve(-1);

  constructor(
    public columns: number,
    public rows: number,
  ) {
    super();
    this.setMaxListeners(50);
    this.emulator = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  }

  write(data: string | Uint8Array): boolean {
    const text = typeof data === 'string' ? data : Buffer.from(data).toString('utf8');
    this.written.push(text);
    this.emulator.write(text);
    return true;
  }

  /** Opens the screens. */
  open(ports: ScreenPorts, environment: Record<string, string> = { TERM: 'xterm-256color' }, at?: BeginAt): this {
    const streams = { stdin: this.keyboard, stdout: this } as unknown as {
      stdin: NodeJS.ReadStream;
      stdout: NodeJS.WriteStream;
    };
    this.ended = runScreens({ ...streams, environment }, ports, at);
    return this;
  }

  type(text: string): void {
    this.keyboard.emit('data', Buffer.from(text));
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.emulator.resize(columns, rows);
    this.emit('resize');
  }

  /** What stands on the terminal, row by row. */
  screen(): string[] {
    const { active } = this.emulator.buffer;
    return Array.from(
      { length: this.rows },
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true) ?? '',
    );
  }

  text(): string {
    return this.screen().join('\n');
  }

  /** Waits until something stands there; fails with what does. */
  async shows(wanted: string | RegExp): Promise<void> {
    await vi.waitFor(() => expect(this.text()).toMatch(wanted), { timeout: 5000, interval: 5 });
  }
}
