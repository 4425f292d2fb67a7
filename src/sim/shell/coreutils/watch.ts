import { isErrno } from '../../kernel/errno.js';
import { shellStatus } from '../../kernel/libc/child.js';
import type { Program } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import { strftime } from '../format/strftime.js';
import { characterWidth, textWidth } from './character-width.js';
import { civilMicros, zoneOfProcess } from './clock.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { readAll } from './io.js';
import { UsageError } from './options.js';
import { startCommand } from './run-command.js';

const ENTER = '\x1b[?1049h\x1b[22;0;0t\x1b[1;24r\x1b(B\x1b[m\x1b[4l\x1b[?7h';
const LEAVE = '\x1b[?1049l\x1b[23;0;0t\r\x1b[?1l\x1b>';

/** `watch`: a command's output, again and again. */
export const watch: Program = command(
  {
    name: 'watch',
    usage: '[options] command',
    summary: 'Execute a program periodically, showing output fullscreen.',
    version: 'from procps-ng 4.0.2',
    inOrder: true,
    options: [
      'b beep : a bell when it fails',
      'c color : keep colours',
      'd differences?PERMANENT : show what has changed',
      'e errexit : end when it fails',
      'g chgexit : end when the output changes',
      'n interval=SECS : seconds between',
      'p precise : (ignored)',
      'q equexit=CYCLES : end when nothing changed so often',
      't no-title : no heading',
      'w no-wrap : cut long lines',
      'x exec : without a shell',
    ],
  },
  function* (context) {
    if (context.operands.length === 0) throw new UsageError('');
    const text = context.value('interval') ?? context.sys.environment.get('WATCH_INTERVAL') ?? '2';
    const interval = Number(text.replace(',', '.'));
    if (!/^\d*[.,]?\d+$/.test(text)) context.die(`failed to parse argument: '${text}'`);
    const run = new Watching(context, Math.max(0.1, interval));
    return yield* run.all();
  },
);

class Watching {
  private previous: string[] | undefined;

  constructor(
    private readonly context: Context,
    private readonly interval: number,
  ) {}

  *all(): Waiting<number> {
    const { context } = this;
    const { sys } = context;
    for (const signal of ['INT', 'TERM', 'HUP', 'WINCH'] as const) sys.onSignal(signal, 'catch');
    context.print(ENTER.replace('24', String(this.size().rows)));
    for (;;) {
      const { text, status } = yield* this.output();
      const lines = this.paint(text);
      const changed = this.previous !== undefined && lines.join('\n') !== this.previous.join('\n');
      this.previous = lines;
      if (status !== 0 && context.has('beep')) context.print('\x07');
      yield* context.flush();
      if ((changed && context.has('chgexit')) || (status !== 0 && context.has('errexit')))
        return yield* this.leave(status !== 0 && context.has('errexit') ? 8 : 0);
      if (yield* this.interrupted()) return yield* this.leave(0);
    }
  }

  private *leave(status: number): Waiting<number> {
    this.context.print(`\x1b[${this.size().rows};1H${LEAVE}`);
    yield* this.context.flush();
    return status;
  }

  private size(): { columns: number; rows: number } {
    return this.context.sys.windowSize(1) ?? { columns: 80, rows: 24 };
  }

  /** Waits until it is time again, or the window changed; true when it is to end. */
  private *interrupted(): Waiting<boolean> {
    const { sys } = this.context;
    const until = sys.now() + Math.round(this.interval * SECOND);
    while (sys.now() < until) {
      try {
        yield* sys.sleep(until - sys.now());
      } catch (thrown) {
        if (!isErrno(thrown, 'EINTR')) throw thrown;
      }
      const signal = sys.takeSignal();
      if (signal) return signal !== 'WINCH';
    }
    return false;
  }

  private *output(): Waiting<{ text: string; status: number }> {
    const { sys, operands } = this.context;
    const { read, write } = sys.pipe();
    sys.closeOnExec(read, true);
    const args = this.context.has('exec') ? operands : ['sh', '-c', operands.join(' ')];
    const pid = startCommand(sys, args, {
      descriptors: new Map([
        [0, 0],
        [1, write],
        [2, write],
      ]),
    });
    sys.close(write);
    try {
      if (typeof pid !== 'number')
        return { text: `watch: unable to execute '${operands[0]}': ${pid.message}\n`, status: 4 };
      const bytes = yield* this.readPatiently(read);
      for (;;) {
        const change = yield* this.waitFor(pid);
        if (change !== undefined) return { text: bytesToText(bytes), status: change };
      }
    } finally {
      sys.close(read);
    }
  }

  /** A caught signal interrupts reading; what was caught is looked at after this round. */
  private *readPatiently(descriptor: number): Waiting<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (;;) {
      try {
        parts.push(yield* readAll(this.context.sys, descriptor));
        return Buffer.concat(parts);
      } catch (thrown) {
        if (!isErrno(thrown, 'EINTR')) throw thrown;
        return Buffer.concat(parts);
      }
    }
  }

  private *waitFor(pid: number): Waiting<number | undefined> {
    try {
      const change = yield* this.context.sys.wait(pid);
      return change?.kind === 'exited' ? shellStatus(change.status) : undefined;
    } catch (thrown) {
      if (isErrno(thrown, 'EINTR')) return 0;
      throw thrown;
    }
  }

  /** Paints the whole window anew; gives the lines that are shown. */
  private paint(text: string): string[] {
    const { context } = this;
    const { columns, rows } = this.size();
    const title = !context.has('no-title');
    const lines = wrapped(text, columns, context.has('color'), context.has('no-wrap')).slice(0, rows - (title ? 2 : 0));
    let screen = '\x1b[H\x1b[2J';
    if (title) screen += this.heading(columns);
    const top = title ? 3 : 1;
    const marks = context.has('differences');
    for (const [index, line] of lines.entries()) {
      const shown = marks && this.previous ? marked(line, this.previous[index] ?? '') : line;
      screen += `\x1b[${top + index};1H${shown}`;
    }
    context.print(screen);
    return lines;
  }

  private heading(columns: number): string {
    const { sys, operands } = this.context;
    const left = `Every ${this.interval.toFixed(1)}s: `;
    const right = `${sys.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', civilMicros(sys.now(), zoneOfProcess(sys)))}`;
    if (columns < right.length) return '';
    const room = columns - right.length - left.length - 1;
    if (room < 0) return right.padStart(columns);
    const line = operands.join(' ');
    const shown = line.length <= room ? line : room >= 4 ? `${line.slice(0, room - 3)}...` : '';
    return `${left}${shown}`.padEnd(columns - right.length) + right;
  }
}

/** Lines cut or wrapped at the window's width, tabs and control characters replaced. */
function wrapped(text: string, columns: number, color: boolean, cut: boolean): string[] {
  const result: string[] = [];
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const plain = color ? line : line.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
    let part = '';
    let width = 0;
    for (const char of plain) {
      const wide = char === '\t' ? 8 - (width % 8) : characterWidth(char);
      if (width + wide > columns) {
        result.push(part);
        part = '';
        width = 0;
        if (cut) break;
      }
      part += char === '\t' ? ' '.repeat(wide) : char < ' ' && char !== '\x1b' ? '' : char;
      width += wide;
    }
    if (!(cut && part === '' && textWidth(plain) > columns)) result.push(part);
  }
  return result;
}

function marked(line: string, before: string): string {
  let result = '';
  let on = false;
  for (let at = 0; at < line.length; at += 1) {
    const differs = line[at] !== before[at];
    if (differs !== on) result += differs ? '\x1b[7m' : '\x1b[27m';
    on = differs;
    result += line[at];
  }
  return on ? `${result}\x1b[27m` : result;
}
