import { createHash } from 'node:crypto';
import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { bytesToText } from '../format/byte-text.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { eachInput } from './inputs.js';
import { CHUNK_BYTES, readAll, work } from './io.js';

function sumProgram(name: string, algorithm: string, title: string, digits: number): Program {
  return command(
    {
      name,
      summary: `Print or check ${title} checksums.`,
      options: [
        'b binary : (ignored)',
        'c check : read checksums from the FILEs and check them',
        'tag : a BSD-style line',
        't text : (ignored)',
        'z zero : lines end with NUL',
        'ignore-missing : nothing about files that are not there',
        'quiet : no OK for files that are right',
        'status : only the status',
        'strict : wrong lines fail',
        'w warn : tell of wrong lines',
      ],
    },
    function* (context) {
      if (context.has('check')) yield* checkLists(context, algorithm, title, digits);
      else {
        yield* eachInput(context, context.operands, function* (descriptor, file) {
          const sum = yield* digest(context, descriptor, algorithm);
          const shown = file.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
          const mark = shown === file ? '' : '\\';
          const end = context.has('zero') ? '\0' : '\n';
          context.print(
            context.has('tag')
              ? `${mark}${title} (${shown}) = ${sum}${end}`
              : `${mark}${sum} ${context.has('binary') ? '*' : ' '}${shown}${end}`,
          );
        });
      }
      return undefined;
    },
  );
}

function* digest(context: Context, descriptor: number, algorithm: string): Waiting<string> {
  const hash = createHash(algorithm);
  for (;;) {
    const chunk = yield* context.sys.read(descriptor, CHUNK_BYTES);
    if (chunk.length === 0) return hash.digest('hex');
    hash.update(chunk);
    yield* work(context.sys, chunk.length * 4);
  }
}

function* checkLists(context: Context, algorithm: string, title: string, digits: number): Waiting<void> {
  yield* eachInput(context, context.operands, function* (descriptor, list) {
    const tally = { lines: 0, wrong: 0, failed: 0, unread: 0 };
    for (const line of bytesToText(yield* readAll(context.sys, descriptor)).split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const match =
        new RegExp(`^([0-9a-fA-F]{${digits}}) [ *](.+)$`).exec(line) ??
        new RegExp(`^${title} \\((.+)\\) = ([0-9a-fA-F]{${digits}})$`).exec(line);
      if (!match) {
        tally.wrong += 1;
        continue;
      }
      tally.lines += 1;
      const tagged = line.startsWith(`${title} (`);
      yield* checkOne(
        context,
        (tagged ? match[1] : match[2]) as string,
        ((tagged ? match[2] : match[1]) as string).toLowerCase(),
        algorithm,
        tally,
      );
    }
    if (tally.lines === 0) context.fail(`${context.showName(list)}: no properly formatted checksum lines found`);
    else summarize(context, tally);
  });
}

interface Tally {
  lines: number;
  wrong: number;
  failed: number;
  unread: number;
}

function* checkOne(context: Context, file: string, expected: string, algorithm: string, tally: Tally): Waiting<void> {
  let descriptor: number;
  try {
    descriptor = context.sys.open(file, { read: true });
  } catch (thrown) {
    if (context.has('ignore-missing')) return;
    context.fail(`${context.showName(file)}: ${reason(thrown)}`);
    if (!context.has('status')) context.print(`${file}: FAILED open or read\n`);
    tally.unread += 1;
    return;
  }
  const actual = yield* digest(context, descriptor, algorithm);
  context.sys.close(descriptor);
  if (actual !== expected) tally.failed += 1;
  if (context.has('status') || (actual === expected && context.has('quiet'))) return;
  context.print(`${file}: ${actual === expected ? 'OK' : 'FAILED'}\n`);
}

function summarize(context: Context, { wrong, failed, unread }: Tally): void {
  const warn = (count: number, one: string, many: string) => {
    if (count > 0 && !context.has('status')) context.warn(`WARNING: ${count} ${count === 1 ? one : many}`);
  };
  warn(wrong, 'line is improperly formatted', 'lines are improperly formatted');
  warn(unread, 'listed file could not be read', 'listed files could not be read');
  warn(failed, 'computed checksum did NOT match', 'computed checksums did NOT match');
  if (failed > 0 || unread > 0 || (wrong > 0 && context.has('strict'))) context.status = 1;
}

/** `md5sum`. */
export const md5sum: Program = sumProgram('md5sum', 'md5', 'MD5', 32);
/** `sha1sum`. */
export const sha1sum: Program = sumProgram('sha1sum', 'sha1', 'SHA1', 40);
/** `sha256sum`. */
export const sha256sum: Program = sumProgram('sha256sum', 'sha256', 'SHA256', 64);
/** `sha512sum`. */
export const sha512sum: Program = sumProgram('sha512sum', 'sha512', 'SHA512', 128);
