import { SIGNALS } from '../../kernel/signals.js';
import type { ChildChange, Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import { quoteAtNeed } from '../format/quote.js';
import { ask } from './ask.js';
import type { Context } from './command.js';
import { command, Exit, reason } from './command.js';
import { CHUNK_BYTES } from './io.js';
import { UsageError } from './options.js';
import { startCommand } from './run-command.js';
import type { ArgumentSplitter } from './xargs-split.js';
import { createSplitter } from './xargs-split.js';

const BYTES_MAX = 131_072;

/** `xargs`: runs a program with arguments from standard input. */
export const xargs: Program = command(
  {
    name: 'xargs',
    usage: '[OPTION]... COMMAND [INITIAL-ARGS]...',
    summary: 'Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.',
    version: '(GNU findutils) 4.9.0',
    inOrder: true,
    options: [
      '0 null : items end with NUL',
      'a arg-file=FILE : items from FILE',
      'd delimiter=CHARACTER : items end with CHARACTER',
      'E=END : no items from END on',
      'e eof?END : no items from END on',
      'I=R : put each item in place of R',
      'i replace?R : put each item in place of R or {}',
      'L max-lines=MAX : at most MAX lines per call',
      'l?MAX : at most MAX lines per call',
      'n max-args=MAX : at most MAX arguments per call',
      'o open-tty : (ignored)',
      'P max-procs=MAX : up to MAX calls at a time',
      'p interactive : ask before each call',
      'r no-run-if-empty : no call without items',
      's max-chars=MAX : at most MAX characters per call',
      'show-limits : (ignored)',
      't verbose : show each call',
      'x exit : end when the size is too large',
    ],
  },
  function* (context) {
    const run = new Calls(context);
    const source = sourceOf(context);
    const splitter = createSplitter(context);
    for (;;) {
      const chunk = yield* context.sys.read(source, CHUNK_BYTES);
      for (const item of splitter.take(chunk.length === 0 ? undefined : bytesToText(chunk)))
        yield* run.item(item, splitter);
      if (chunk.length === 0 || splitter.ended) break;
    }
    yield* run.end();
    return run.status;
  },
);

function sourceOf(context: Context): number {
  const path = context.value('arg-file');
  if (path === undefined || path === '-') return 0;
  try {
    return context.sys.open(path, { read: true });
  } catch (thrown) {
    return context.die(`Cannot open input file ${context.quote(path)}: ${reason(thrown)}`);
  }
}

class Calls {
  status = 0;
  private readonly command: readonly string[];
  private readonly replace: string | undefined;
  private readonly mostArguments: number;
  private readonly mostLines: number;
  private readonly mostProcesses: number;
  private gathered: string[] = [];
  private line = -1;
  private lines = 0;
  private called = false;
  private running = 0;
  private readonly input: number;

  constructor(private readonly context: Context) {
    this.command = context.operands.length > 0 ? context.operands : ['echo'];
    this.replace = context.value('I') ?? (context.has('replace') ? (context.value('replace') ?? '{}') : undefined);
    this.mostArguments = count(context, 'max-args', 'n') ?? Number.POSITIVE_INFINITY;
    this.mostLines =
      count(context, 'max-lines', 'L') ??
      (context.has('l') ? Number(context.value('l') ?? 1) : Number.POSITIVE_INFINITY);
    const processes = count(context, 'max-procs', 'P', 0) ?? 1;
    this.mostProcesses = processes === 0 ? 256 : processes;
    this.input = context.has('arg-file') ? 0 : context.sys.open('/dev/null', { read: true });
  }

  *item(text: string, splitter: ArgumentSplitter): Waiting<void> {
    if (this.replace !== undefined) {
      const { replace } = this;
      yield* this.call(this.command.map((word) => word.replaceAll(replace, text)));
      return;
    }
    if (splitter.line !== this.line) {
      if (this.lines >= this.mostLines) yield* this.flush();
      this.line = splitter.line;
      this.lines += 1;
    }
    const size = this.gathered.reduce((sum, word) => sum + word.length + 1, text.length);
    if (this.gathered.length >= this.mostArguments || size > Number(this.context.value('max-chars') ?? BYTES_MAX))
      yield* this.flush();
    this.gathered.push(text);
    if (this.gathered.length >= this.mostArguments) yield* this.flush();
  }

  *end(): Waiting<void> {
    const empty = !this.called && this.replace === undefined && !this.context.has('no-run-if-empty');
    if (this.gathered.length > 0 || empty) yield* this.flush();
    while (this.running > 0) yield* this.await();
  }

  private *flush(): Waiting<void> {
    const args = [...this.command, ...this.gathered];
    this.gathered = [];
    this.lines = 0;
    this.line = -1;
    yield* this.call(args);
  }

  private *call(args: readonly string[]): Waiting<void> {
    const { context } = this;
    this.called = true;
    const shown = args.map(quoteAtNeed).join(' ');
    if (context.has('interactive')) {
      if (!(yield* ask(context, `${shown}?...`))) return;
    } else if (context.has('verbose')) context.output.add(2, `${shown}\n`);
    yield* context.flush();
    while (this.running >= this.mostProcesses) yield* this.await();
    const descriptors = new Map([
      [0, this.input],
      [1, 1],
      [2, 2],
    ]);
    const pid = startCommand(context.sys, args, { descriptors });
    if (typeof pid === 'number') this.running += 1;
    else {
      context.warn(`${args[0]}: ${pid.message}`);
      throw new Exit(pid.code === 'ENOENT' ? 127 : 126);
    }
    if (this.mostProcesses === 1) yield* this.await();
  }

  private *await(): Waiting<void> {
    const change = (yield* this.context.sys.wait('any')) as ChildChange;
    if (change.kind !== 'exited') return;
    this.running -= 1;
    const name = this.command[0] as string;
    if ('signal' in change.status) {
      this.context.warn(`${name}: terminated by signal ${SIGNALS[change.status.signal]}`);
      throw new Exit(125);
    }
    const { code } = change.status;
    if (code === 255) {
      this.context.warn(`${name}: exited with status 255; aborting`);
      throw new Exit(124);
    }
    if (code !== 0) this.status = 123;
  }
}

function count(context: Context, key: string, letter: string, least = 1): number | undefined {
  const text = context.value(key);
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) throw new UsageError(`invalid number "${text}" for -${letter} option`);
  if (Number(text) < least) throw new UsageError(`value ${text} for -${letter} option should be >= ${least}`);
  return Number(text);
}
