import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { readAll } from './io.js';
import { parseSize } from './numbers.js';
import { UsageError } from './options.js';

/** `split`: pieces of a file as files. */
export const split: Program = command(
  {
    name: 'split',
    usage: '[OPTION]... [FILE [PREFIX]]',
    summary: 'Output pieces of FILE to PREFIXaa, PREFIXab, ...; default size is 1000 lines, and default PREFIX is x.',
    options: [
      'a suffix-length=N : letters of a suffix (2)',
      'additional-suffix=SUFFIX : after the suffix',
      'b bytes=SIZE : SIZE bytes each',
      'C line-bytes=SIZE : at most SIZE bytes of lines each',
      'd : digits instead of letters',
      'numeric-suffixes?FROM : so, from FROM on',
      'l lines=NUMBER : NUMBER lines each',
      'n number=CHUNKS : so many pieces',
      'verbose : say which files are made',
    ],
    legacy: (word) => (/^-\d+$/.test(word) ? { key: 'lines', value: word.slice(1), as: '-l' } : undefined),
  },
  function* (context) {
    const [path = '-', prefix = 'x', extra] = context.operands;
    if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
    let descriptor = 0;
    try {
      if (path !== '-') descriptor = context.sys.open(path, { read: true });
    } catch (thrown) {
      return context.die(`cannot open ${context.quoteName(path)} for reading: ${reason(thrown)}`);
    }
    const bytes = yield* readAll(context.sys, descriptor);
    yield* writePieces(context, pieces(context, bytes), prefix);
    return undefined;
  },
);

function pieces(context: Context, bytes: Uint8Array): Uint8Array[] {
  const kind = context.last('bytes', 'lines', 'number', 'line-bytes') ?? 'lines';
  const text = context.value(kind) ?? '1000';
  const count = parseSize(text.replace(/^l\//, ''));
  if (count === undefined || count === 0)
    return context.die(
      `invalid number of ${kind === 'number' ? 'chunks' : kind === 'lines' ? 'lines' : 'bytes'}: ${context.quote(text)}`,
    );
  const result: Uint8Array[] = [];
  if (kind === 'number') {
    const size = Math.floor(bytes.length / count);
    for (let index = 0; index < count; index += 1)
      result.push(bytes.subarray(index * size, index === count - 1 ? undefined : (index + 1) * size));
    return result;
  }
  for (let at = 0; at < bytes.length; ) {
    const end =
      kind === 'bytes'
        ? Math.min(bytes.length, at + count)
        : kind === 'lines'
          ? afterLines(bytes, at, count)
          : wholeLines(bytes, at, count);
    result.push(bytes.subarray(at, end));
    at = end;
  }
  return result;
}

function afterLines(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; left -= 1) {
    const next = bytes.indexOf(10, at);
    if (next < 0) return bytes.length;
    at = next + 1;
  }
  return at;
}

function wholeLines(bytes: Uint8Array, from: number, most: number): number {
  if (bytes.length - from <= most) return bytes.length;
  const last = bytes.subarray(from, from + most).lastIndexOf(10);
  return last < 0 ? from + most : from + last + 1;
}

function* writePieces(context: Context, parts: readonly Uint8Array[], prefix: string): Waiting<void> {
  const numeric = context.has('d') || context.has('numeric-suffixes');
  const radix = numeric ? 10 : 26;
  const first = Number(context.value('numeric-suffixes') ?? 0);
  const length = Number(context.value('suffix-length') ?? 2);
  for (const [index, part] of parts.entries()) {
    let suffix = '';
    for (let value = index + first, left = length; left > 0; left -= 1) {
      suffix = (numeric ? String(value % radix) : String.fromCharCode(97 + (value % radix))) + suffix;
      value = Math.floor(value / radix);
    }
    if (index + first >= radix ** length) context.die('output file suffixes exhausted');
    const name = `${prefix}${suffix}${context.value('additional-suffix') ?? ''}`;
    if (context.has('verbose')) context.print(`creating file ${context.quoteName(name)}\n`);
    try {
      const descriptor = context.sys.open(name, { write: true, create: true, truncate: true });
      yield* context.sys.write(descriptor, part);
      context.sys.close(descriptor);
    } catch (thrown) {
      context.die(`${context.showName(name)}: ${reason(thrown)}`);
    }
  }
}
