import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { eachInput } from './inputs.js';
import { CHUNK_BYTES, readAll } from './io.js';
import { parseSize } from './numbers.js';

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** All but the last `count`. */
  readonly butLast: boolean;
  readonly delimiter: number;
}

/** `head`: the first part of files. */
export const head: Program = command(
  {
    name: 'head',
    summary: 'Print the first 10 lines of each FILE to standard output.',
    options: [
      'c bytes=[-]NUM : the first NUM bytes; with - all but the last NUM',
      'n lines=[-]NUM : the first NUM lines; with - all but the last NUM',
      'q quiet silent : never print file names',
      'v verbose : always print file names',
      'z zero-terminated : lines end with NUL',
    ],
    legacy: (word, index) =>
      index === 0 && /^-\d+$/.test(word) ? { key: 'lines', value: word.slice(1), as: '-n' } : undefined,
  },
  function* (context) {
    const amount = amountOf(context);
    const headers = context.last('quiet', 'verbose') ?? (context.operands.length > 1 ? 'verbose' : 'quiet');
    let first = true;
    yield* eachInput(
      context,
      context.operands,
      function* (descriptor, name) {
        if (headers === 'verbose')
          context.print(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
        first = false;
        yield* printHead(context, descriptor, amount);
      },
      {
        open: (name) => `cannot open ${context.quoteName(name)} for reading`,
        read: (name) => `error reading ${context.quoteName(name)}`,
      },
    );
    return undefined;
  },
);

function amountOf(context: Context): Amount {
  const key = context.last('bytes', 'lines');
  const unit = key === 'bytes' ? 'bytes' : 'lines';
  const text = key ? (context.value(key) ?? '') : '10';
  const butLast = text.startsWith('-');
  const count = parseSize(butLast ? text.slice(1) : text);
  if (count === undefined) return context.die(`invalid number of ${unit}: ${context.quote(text)}`);
  return { unit, count, butLast, delimiter: context.has('zero-terminated') ? 0 : 10 };
}

function* printHead(context: Context, descriptor: number, amount: Amount): Waiting<void> {
  if (amount.butLast) {
    const all = yield* readAll(context.sys, descriptor);
    const end =
      amount.unit === 'bytes'
        ? Math.max(0, all.length - amount.count)
        : lineStartFromEnd(all, amount.count, amount.delimiter);
    context.print(all.subarray(0, end));
    yield* context.flush();
    return;
  }
  let left = amount.count;
  while (left > 0) {
    const chunk = yield* context.sys.read(
      descriptor,
      amount.unit === 'bytes' ? Math.min(left, CHUNK_BYTES) : CHUNK_BYTES,
    );
    if (chunk.length === 0) return;
    let end = chunk.length;
    if (amount.unit === 'bytes') left -= end;
    else {
      let at = 0;
      while (left > 0 && at < chunk.length) {
        const next = chunk.indexOf(amount.delimiter, at);
        if (next < 0) break;
        left -= 1;
        at = next + 1;
      }
      if (left === 0) end = at;
    }
    context.print(chunk.subarray(0, end));
    yield* context.flush();
    if (end < chunk.length) giveBack(context, descriptor, chunk.length - end);
  }
}

/** Leaves the position behind what was used, so that a next reader of the same file goes on there. */
function giveBack(context: Context, descriptor: number, bytes: number): void {
  try {
    context.sys.seek(descriptor, -bytes, 'current');
  } catch {
    // A pipe: what was read is gone, as in reality.
  }
}

/** Where the last `count` lines begin. An unfinished last line counts as one. */
export function lineStartFromEnd(bytes: Uint8Array, count: number, delimiter: number): number {
  if (count === 0) return bytes.length;
  let at = bytes.at(-1) === delimiter ? bytes.length - 1 : bytes.length;
  for (let left = count; left > 0; left -= 1) {
    at = at > 0 ? bytes.lastIndexOf(delimiter, at - 1) : -1;
    if (at < 0) return 0;
  }
  return at + 1;
}
