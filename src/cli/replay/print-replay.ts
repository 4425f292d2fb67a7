import { harmless } from '../../clusters/plain-text.js';
import type { Recording } from '../../labs/playback/find-recording.js';
import type { Frame, Part } from '../../labs/playback/playback.js';
import { type CommandIo, say, tell } from '../io.js';
import { openPlayback } from './open-playback.js';
import { TextTerminal } from './text-terminal.js';

/** Prints what a recording's terminals showed as plain text, at once; resolves to the exit code. */
export async function printReplay(io: CommandIo, recording: Recording): Promise<number> {
  const where = { thread: 'same' as const };
  const playback = await openPlayback(recording, io, { where, hurried: true });
  const printer = new Printer(io);
  try {
    for (const notice of playback.notices) tell(io, notice);
    for (let part = await playback.next(); part; part = await playback.next()) await printer.print(part);
    printer.end();
    const { ending } = playback;
    if (ending !== undefined) tell(io, `It is played up to here: ${ending}.`);
    return ending === undefined ? 0 : 1;
  } finally {
    await playback.close();
  }
}

/** A terminal, and what the line above its text says. */
interface Named {
  readonly name: string;
  readonly terminal: TextTerminal;
}

/** Prints terminals one after another; where another one is typed in a line says so. */
class Printer {
  private readonly io: CommandIo;
  private readonly terminals = new Map<string, Named>();
  /** The terminal that is in front in each task. */
  private readonly fronts = new Map<number | undefined, Named>();
  private present: Named | undefined;

  constructor(io: CommandIo) {
    this.io = io;
  }

  async print({ task, frames }: Part): Promise<void> {
    for (const frame of frames) await this.take(frame, task);
  }

  /** What is left: of the terminal in front, and what others have shown since they were left. */
  end(): void {
    this.flush('all');
    for (const named of this.terminals.values()) {
      const lines = named === this.present ? [] : named.terminal.take('above');
      if (lines.length > 0) {
        this.introduce(named);
        for (const line of [...lines, ...named.terminal.take('all')]) say(this.io, line);
      }
      named.terminal.dispose();
    }
  }

  private async take(frame: Frame, task: number | undefined): Promise<void> {
    if (frame.kind === 'note') return tell(this.io, frame.text);
    if (!('terminal' in frame)) return;
    const key = `${task ?? ''}:${frame.terminal}`;
    if (frame.kind === 'opened') {
      const { terminal, host, columns, rows } = frame;
      const name = `${task === undefined ? '' : `task ${task}, `}terminal ${terminal} on ${harmless(host)}`;
      this.terminals.set(key, { name, terminal: new TextTerminal(columns, rows) });
    }
    const known = this.terminals.get(key);
    if (!known) return;
    if (frame.kind === 'opened' || frame.kind === 'typed') this.fronts.set(task, known);
    // A task that one comes back to goes on where it was, also where nothing is typed at once.
    if (frame.kind !== 'resized' && known === this.fronts.get(task)) this.toFront(known);
    if (frame.kind === 'resized') known.terminal.resize(frame.columns, frame.rows);
    if (frame.kind === 'output') await known.terminal.feed(frame.bytes);
  }

  private toFront(named: Named): void {
    if (named === this.present) return;
    this.flush('above');
    this.present = named;
    this.introduce(named);
  }

  private introduce({ name }: Named): void {
    say(this.io, `--- ${name} ---`);
  }

  private flush(which: 'above' | 'all'): void {
    for (const line of this.present?.terminal.take(which) ?? []) say(this.io, line);
  }
}
