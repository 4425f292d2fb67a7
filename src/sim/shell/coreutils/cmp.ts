import type { Program } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { readAll } from './io.js';
import { UsageError } from './options.js';

/** `cmp`: the first byte two files differ in. */
export const cmp: Program = command(
  {
    name: 'cmp',
    usage: '[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
    summary: 'Compare two files byte by byte.',
    misuse: 2,
    version: '(GNU diffutils) 3.8',
    hintPrefix: true,
    options: [
      'b print-bytes : (ignored)',
      'i ignore-initial=SKIP : skip bytes first',
      'l verbose : all bytes that differ',
      'n bytes=LIMIT : at most LIMIT bytes',
      's quiet silent : only the status',
    ],
  },
  function* (context) {
    const [first, second = '-'] = context.operands;
    if (first === undefined) throw new UsageError(`missing operand after '${context.sys.args.at(-1)}'`);
    const skip = Number(context.value('ignore-initial') ?? 0);
    const limit = context.value('bytes') === undefined ? undefined : skip + Number(context.value('bytes'));
    const left = (yield* content(context, first)).subarray(skip, limit);
    const right = (yield* content(context, second)).subarray(skip, limit);
    const quiet = context.has('quiet');
    let line = 1;
    let differs = false;
    for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
      if (left[at] !== right[at]) {
        differs = true;
        if (context.has('verbose'))
          context.print(
            `${String(at + 1).padStart(String(left.length).length)} ${(left[at] as number).toString(8).padStart(3)} ${(right[at] as number).toString(8).padStart(3)}\n`,
          );
        else {
          if (!quiet) context.print(`${first} ${second} differ: byte ${at + 1}, line ${line}\n`);
          return 1;
        }
      }
      if (left[at] === 10) line += 1;
    }
    if (left.length !== right.length) {
      const [short, bytes] = left.length < right.length ? [first, left] : [second, right];
      const where =
        bytes.length === 0
          ? 'which is empty'
          : `after byte ${bytes.length}, ${bytes.at(-1) === 10 ? 'line' : 'in line'} ${bytes.at(-1) === 10 ? line - 1 : line}`;
      if (!quiet) context.warn(`EOF on ${short} ${where}`);
      return 1;
    }
    return differs ? 1 : 0;
  },
);

function* content(context: Context, path: string): Waiting<Uint8Array> {
  try {
    return yield* readAll(context.sys, path === '-' ? 0 : context.sys.open(path, { read: true }));
  } catch (thrown) {
    return context.die(`${path}: ${reason(thrown)}`, 2);
  }
}
