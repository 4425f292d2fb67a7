import type { Bytes } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { quoteAlways, quoteAtNeed } from '../format/quote.js';
import { helpText } from './help.js';
import { MemoryExhausted, Output, WriteError } from './io.js';
import type { OptionSpec, ParsedOptions, ParseRules } from './options.js';
import { parseOptions, readOptionSpecs, UsageError, withDashes } from './options.js';

/** What a program is called and which options it takes. */
export interface CommandSpec extends ParseRules {
  readonly name: string;
  /** After the name in the usage line. */
  readonly usage?: string;
  /** One line of what it does. */
  readonly summary: string;
  readonly options?: readonly string[];
  /** Exit status of wrong use; 1 unless said. */
  readonly misuse?: number;
  /** Shown by --version; GNU coreutils unless said. */
  readonly version?: string;
  /** The program's name stands before the hint too, as in diffutils. */
  readonly hintPrefix?: boolean;
  /** The first word may be a cluster of letters without a dash, each with its argument behind it (tar). */
  readonly oldStyle?: boolean;
  /** Wrong use also shows the usage line. */
  readonly usageLine?: boolean;
  /** Neither --help nor --version. */
  readonly bare?: boolean;
}

/** Ends a program at once with a status. */
export class Exit extends Error {
  constructor(readonly status: number) {
    super(`exit ${status}`);
  }
}

/** What a command's code works with: the process, what was asked of it, and where its words go. */
export class Context {
  readonly output: Output;
  /** The exit status when `run` says nothing else: 1 after `fail`. */
  status = 0;

  constructor(
    readonly sys: Sys,
    readonly spec: CommandSpec,
    readonly options: ParsedOptions,
  ) {
    this.output = new Output(sys);
  }

  /** Whether it is an applet of busybox's that shares this inner part. */
  get isApplet(): boolean {
    return false;
  }

  /** The name the program was called by. */
  get name(): string {
    return this.sys.args[0] ?? this.spec.name;
  }

  get operands(): readonly string[] {
    return this.options.operands;
  }

  has(key: string): boolean {
    return this.options.has(key);
  }

  value(key: string): string | undefined {
    return this.options.value(key);
  }

  /** Which of these options was given last. */
  last(...keys: readonly string[]): string | undefined {
    return this.options.last(...keys);
  }

  /** Queues text or bytes for standard output. */
  print(data: string | Bytes): void {
    this.output.add(1, data);
  }

  /** Queues a message for standard error, the program's name before it. */
  warn(message: string): void {
    this.output.add(2, `${this.name}: ${message}\n`);
  }

  /** A message, and exit status 1 in the end. */
  fail(message: string, status = 1): void {
    this.warn(message);
    this.status = status;
  }

  /** A message, and the end. */
  die(message: string, status = 1): never {
    this.warn(message);
    throw new Exit(status);
  }

  /** Writes what is queued. */
  flush(): Waiting<void> {
    return this.output.flush();
  }

  /** Writes what is queued when it is much; call it in long loops. */
  *relieve(): Waiting<void> {
    if (this.output.size > 16_384) yield* this.output.flush();
  }

  /** A word in the locale's quotes. */
  quote(text: string): string {
    return quoteForLocale(this.sys, text);
  }

  /** A file name in quotes. */
  quoteName(text: string): string {
    return quoteAlways(text);
  }

  /** A file name, in quotes only when a shell would need them. */
  showName(text: string): string {
    return quoteAtNeed(text);
  }
}

/** Whether the environment's locale counts characters in UTF-8. */
export function isUtf8(sys: Sys): boolean {
  const locale = sys.environment.get('LC_ALL') || sys.environment.get('LC_CTYPE') || sys.environment.get('LANG') || '';
  return /utf-?8/i.test(locale);
}

/** ‘word’ where the locale has such quotes, 'word' elsewhere. */
export function quoteForLocale(sys: Sys, text: string): string {
  return isUtf8(sys) ? `\u2018${text}\u2019` : `'${text}'`;
}

/** The words of a system call's error; anything else goes on. */
export function reason(thrown: unknown): string {
  if (isErrno(thrown)) return thrown.message;
  throw thrown;
}

export type Run = (context: Context) => Waiting<number | undefined> | number | undefined;

/** Makes a program: options are parsed, wrong use and failing output are reported, what was queued is written. */
export function command(spec: CommandSpec, run: Run): Program {
  let specs: OptionSpec[] | undefined;
  const program: Program = function* (sys) {
    specs ??= readOptionSpecs([...(spec.options ?? []), ...(spec.bare ? [] : STANDARD)]);
    const output = new Output(sys);
    const name = sys.args[0] ?? spec.name;
    let context: Context | undefined;
    try {
      const words = sys.args.slice(1);
      const options = parseOptions(spec.oldStyle ? withDashes(words, specs) : words, specs, spec);
      if (options.has('help') && !spec.bare) output.add(1, helpText(name, spec, specs));
      else if (options.has('version') && !spec.bare)
        output.add(1, `${spec.name} ${spec.version ?? '(GNU coreutils) 9.1'}\n`);
      else {
        context = new Context(sys, spec, options);
        const status = run(context);
        const result = typeof status === 'object' ? yield* status : status;
        yield* context.flush();
        return result ?? context.status;
      }
      yield* output.flush();
      return 0;
    } catch (thrown) {
      return yield* ended(thrown, context?.output ?? output, name, spec);
    }
  };
  INNER.set(program, run);
  return program;
}

const INNER = new WeakMap<Program, Run>();

/** What a program does once its options are read, for others that read theirs in another way (busybox's applets). */
export function innerPart(program: Program): Run {
  const run = INNER.get(program);
  if (!run) throw new Error('not made by command()');
  return run;
}

const STANDARD = ['help : show this help and end', 'version : show the version and end'];

function* ended(thrown: unknown, output: Output, name: string, spec: CommandSpec): Waiting<number> {
  let status = spec.misuse ?? 1;
  if (thrown instanceof Exit) status = thrown.status;
  else if (thrown instanceof UsageError) {
    if (thrown.message) output.add(2, `${name}: ${thrown.message}\n`);
    if (thrown.hint && spec.usageLine) output.add(2, `Usage: ${name} ${spec.usage ?? '[OPTION]... [FILE]...'}\n`);
    if (thrown.hint && !spec.bare)
      output.add(2, `${spec.hintPrefix ? `${name}: ` : ''}Try '${name} --help' for more information.\n`);
    status = thrown.status ?? status;
  } else if (thrown instanceof WriteError) {
    output.clear();
    if (thrown.descriptor === 1) output.add(2, `${name}: write error: ${thrown.message}\n`);
  } else if (thrown instanceof MemoryExhausted) output.add(2, `${name}: memory exhausted\n`);
  else if (isErrno(thrown)) output.add(2, `${name}: ${thrown.message}\n`);
  else throw thrown;
  try {
    yield* output.flush();
  } catch (failed) {
    if (!(failed instanceof WriteError)) throw failed;
    return status || 1;
  }
  return status;
}
