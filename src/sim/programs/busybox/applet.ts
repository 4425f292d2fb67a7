import type { Program, Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Run } from '../../shell/coreutils/command.js';
import { Context, Exit, innerPart } from '../../shell/coreutils/command.js';
import { MemoryExhausted, WriteError } from '../../shell/coreutils/io.js';
import type { OptionSpec, ParseRules } from '../../shell/coreutils/options.js';
import { parseOptions, readOptionSpecs, UsageError, withDashes } from '../../shell/coreutils/options.js';

/** First line of what any applet says of its use. */
export const BANNER = 'BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.';

/** An applet: its options, its usage, and how it words what the program that it shares its inner part with says. */
export interface AppletSpec extends ParseRules {
  readonly name: string;
  /** What follows `Usage: `. */
  readonly usage: string;
  /** As for `readOptionSpecs`; long names are keys only, unless `long` has them. */
  readonly options?: readonly string[];
  readonly long?: readonly string[];
  /** Patterns of GNU's messages and busybox's words, `$1` being what was caught. */
  readonly says?: readonly (readonly [RegExp, string])[];
  /** The status of every failure; 1 unless said. */
  readonly failure?: number;
  /** The status of wrong use, where it is not that of failures. */
  readonly usageStatus?: number;
  /** Fewer operands than this are wrong use. */
  readonly operandsMin?: number;
  readonly operandsMax?: number;
  /** The first word may be a cluster of letters without a dash (tar). */
  readonly oldStyle?: boolean;
  /** Messages of this kind are followed by the usage. */
  readonly usageAfter?: RegExp;
  /** No options at all: every word is an operand. */
  readonly bare?: boolean;
}

/** To these `--help` is a word like any other. */
const WITHOUT_HELP = new Set(['[', 'echo', 'false', 'test', 'true']);

/** A context whose messages are busybox's. */
class AppletContext extends Context {
  constructor(
    sys: Sys,
    private readonly applet: AppletSpec,
    options: ReturnType<typeof parseOptions>,
  ) {
    super(sys, { name: applet.name, summary: '' }, options);
  }

  override get isApplet(): boolean {
    return true;
  }

  override get name(): string {
    return this.applet.name;
  }

  override warn(message: string): void {
    const words = reworded(this.applet, message);
    if (words !== '') this.output.add(2, `${this.applet.name}: ${words}\n`);
  }

  override fail(message: string, status?: number): void {
    super.fail(message, this.applet.failure ?? (status === undefined ? undefined : 1));
  }

  override die(message: string): never {
    if (this.applet.usageAfter?.test(message)) throw new UsageError(message);
    return super.die(message, this.applet.failure ?? 1);
  }

  override quote(text: string): string {
    return `'${text}'`;
  }

  override quoteName(text: string): string {
    return `'${text}'`;
  }

  override showName(text: string): string {
    return text;
  }
}

function reworded({ says = [] }: AppletSpec, message: string): string {
  for (const [from, to] of says) if (from.test(message)) return message.replace(from, to);
  return message;
}

/** Makes an applet; `inner` is the program whose inner part it shares, or its own. */
export function applet(spec: AppletSpec, inner: Program | { readonly run: Run }): Program {
  let specs: OptionSpec[] | undefined;
  const run = 'run' in inner ? inner.run : innerPart(inner);
  const program: Program = function* (sys) {
    specs ??= readOptionSpecs(spec.options ?? []).map((option) => ({
      ...option,
      names: option.names.filter((name) => spec.long?.includes(name)),
    }));
    const words = sys.args.slice(1);
    if (words.length === 1 && words[0] === '--help' && !WITHOUT_HELP.has(spec.name))
      return yield* showUsage(sys, spec, 0);
    let context: AppletContext | undefined;
    try {
      const given = spec.bare ? ['--', ...words] : spec.oldStyle ? withDashes(words, specs) : words;
      const options = parseOptions(given, specs, spec);
      context = new AppletContext(sys, spec, options);
      const count = options.operands.length + options.values('word').length;
      if (count < (spec.operandsMin ?? 0) || count > (spec.operandsMax ?? Infinity)) throw new UsageError('');
      const step = run(context);
      const status = typeof step === 'object' ? yield* step : step;
      yield* context.flush();
      return status ?? context.status;
    } catch (thrown) {
      return yield* ended(sys, spec, thrown, context);
    }
  };
  SPECS.set(program, spec);
  return program;
}

const SPECS = new WeakMap<Program, AppletSpec>();

/** What an applet was made from; undefined for what was not made by `applet`. */
export function specOf(program: Program): AppletSpec | undefined {
  return SPECS.get(program);
}

function* ended(sys: Sys, spec: AppletSpec, thrown: unknown, context: AppletContext | undefined): Waiting<number> {
  try {
    if (thrown instanceof Exit) {
      yield* context?.flush() ?? nothing();
      return thrown.status;
    }
    if (thrown instanceof UsageError) {
      const told = spec.usageAfter?.test(thrown.message) ?? false;
      const own =
        told || /^(?:invalid option|unrecognized option|option .*requires|option .*doesn't)/.test(thrown.message);
      const words = own && !told ? thrown.message : reworded(spec, thrown.message);
      if (own || words !== thrown.message) yield* write(sys, `${spec.name}: ${words}\n`);
      return told || own || words === thrown.message
        ? yield* showUsage(sys, spec, spec.usageStatus ?? spec.failure ?? 1)
        : (spec.failure ?? 1);
    }
    if (thrown instanceof WriteError) yield* write(sys, `${spec.name}: write error: ${thrown.message}\n`);
    else if (thrown instanceof MemoryExhausted) yield* write(sys, `${spec.name}: out of memory\n`);
    else throw thrown;
  } catch (failed) {
    if (!(failed instanceof WriteError)) throw failed;
  }
  return spec.failure ?? 1;
}

function* nothing(): Waiting<void> {}

function* write(sys: Sys, text: string): Waiting<void> {
  yield* sys.write(2, Buffer.from(text));
}

/** The banner and an applet's usage, on standard error. */
function* showUsage(sys: Sys, spec: Pick<AppletSpec, 'usage'>, status: number): Waiting<number> {
  yield* write(sys, `${BANNER}\n\nUsage: ${spec.usage}\n`);
  return status;
}
