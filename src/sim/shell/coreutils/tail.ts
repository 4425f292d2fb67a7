import type { Bytes } from '../../kernel/bytes.js';
import { concatBytes, NO_BYTES } from '../../kernel/bytes.js';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { lineStartFromEnd } from './head.js';
import { CHUNK_BYTES, hold, work } from './io.js';
import { parseSize } from './numbers.js';
import type { Followed } from './tail-follow.js';
import { follow } from './tail-follow.js';

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** Count from the start of the file. */
  readonly fromStart: boolean;
  readonly delimiter: number;
}

/** Input read between two cuts of what is held. */
const TRIM_BYTES = 4 * 1024 * 1024;

/** `tail`: the last part of files, and what is added to them. */
export const tail: Program = command(
  {
    name: 'tail',
    summary: 'Print the last 10 lines of each FILE to standard output.',
    options: [
      'c bytes=[+]NUM : the last NUM bytes; with + from byte NUM on',
      'f follow?HOW : go on printing what is added; HOW is name or descriptor',
      'F : the same as --follow=name --retry',
      'n lines=[+]NUM : the last NUM lines; with + from line NUM on',
      'pid=PID : with -f, end when process PID does',
      'q quiet silent : never print file names',
      'retry : keep trying to open what is not there',
      's sleep-interval=N : with -f, seconds between looks',
      'v verbose : always print file names',
      'z zero-terminated : lines end with NUL',
    ],
    legacy: (word, index) => {
      const match = index === 0 ? /^-(\d+)(f?)$/.exec(word) : undefined;
      return match && !match[2] ? { key: 'lines', value: match[1], as: 'legacy' } : undefined;
    },
  },
  function* (context) {
    const old = context.options.given.find(({ as }) => as === 'legacy');
    if (old && context.operands.length > 1) context.die(`option used in invalid context -- ${old.value?.[0]}`);
    const amount = amountOf(context);
    const following = context.has('F') || context.has('follow');
    const headers = context.last('quiet', 'verbose') ?? (context.operands.length > 1 ? 'verbose' : 'quiet');
    const followed: Followed[] = [];
    let first = true;
    const header = (name: string) => {
      if (headers !== 'verbose') return;
      context.print(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      first = false;
    };
    const names = context.operands.length > 0 ? context.operands : ['-'];
    for (const name of names) {
      const descriptor = name === '-' ? 0 : openQuietly(context, name);
      followed.push({ name, descriptor, size: 0 });
      if (descriptor === undefined) continue;
      yield* printFile(context, name, descriptor, amount, header);
    }
    yield* context.flush();
    if (following) yield* follow(context, followed, header);
    return undefined;
  },
);

function openQuietly(context: Context, name: string): number | undefined {
  try {
    return context.sys.open(name, { read: true });
  } catch (thrown) {
    context.fail(`cannot open ${context.quoteName(name)} for reading: ${reason(thrown)}`);
    return undefined;
  }
}

function* printFile(
  context: Context,
  name: string,
  descriptor: number,
  amount: Amount,
  header: (name: string) => void,
): Waiting<void> {
  header(name);
  try {
    yield* printTail(context, descriptor, amount);
  } catch (thrown) {
    context.fail(`error reading ${context.quoteName(name)}: ${reason(thrown)}`);
  }
}

function amountOf(context: Context): Amount {
  const key = context.last('bytes', 'lines');
  const unit = key === 'bytes' ? 'bytes' : 'lines';
  const text = key ? (context.value(key) ?? '') : '10';
  const fromStart = text.startsWith('+');
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined) return context.die(`invalid number of ${unit}: ${context.quote(text)}`);
  return { unit, count, fromStart, delimiter: context.has('zero-terminated') ? 0 : 10 };
}

function* printTail(context: Context, descriptor: number, amount: Amount): Waiting<void> {
  if (amount.fromStart) {
    yield* printFromStart(context, descriptor, amount);
    return;
  }
  const { sys } = context;
  const startOf = (bytes: Bytes) =>
    amount.unit === 'bytes'
      ? Math.max(0, bytes.length - amount.count)
      : lineStartFromEnd(bytes, amount.count, amount.delimiter);
  let parts: Bytes[] = [];
  let held = 0;
  let base = 0;
  for (;;) {
    const chunk = yield* sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) break;
    parts.push(chunk);
    held += chunk.length;
    hold(sys, held + base);
    yield* work(sys, chunk.length);
    if (held < TRIM_BYTES) continue;
    // Only the end is wanted: what can no longer be part of it goes.
    const all = concatBytes(parts);
    parts = [all.subarray(startOf(all))];
    held = 0;
    base = (parts[0] as Bytes).length;
  }
  const all = parts.length === 0 ? NO_BYTES : concatBytes(parts);
  context.print(all.subarray(startOf(all)));
}

function* printFromStart(context: Context, descriptor: number, amount: Amount): Waiting<void> {
  let skip = Math.max(0, amount.count - 1);
  for (;;) {
    const chunk = yield* context.sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) return;
    let from = 0;
    if (amount.unit === 'bytes') {
      from = Math.min(skip, chunk.length);
      skip -= from;
    } else {
      while (skip > 0 && from < chunk.length) {
        const next = chunk.indexOf(amount.delimiter, from);
        from = next < 0 ? chunk.length : next + 1;
        if (next >= 0) skip -= 1;
      }
    }
    context.print(chunk.subarray(from));
    yield* context.flush();
  }
}
