import type { Program } from '../../../kernel/sys.js';
import { eachInput } from '../../../shell/coreutils/inputs.js';
import { readAll } from '../../../shell/coreutils/io.js';
import { applet } from '../applet.js';

const USAGE = `wc [-cmlwL] [FILE]...

Count lines, words, and bytes for FILEs (or stdin)

	-c	Count bytes
	-m	Count characters
	-l	Count newlines
	-w	Count words
	-L	Print longest line length`;
const KEYS = ['l', 'w', 'm', 'c', 'L'] as const;

/** `wc` of busybox: columns of nine unless there is one number alone. */
export const wc: Program = applet(
  { name: 'wc', usage: USAGE, options: ['c', 'm', 'l', 'w', 'L'] },
  {
    *run(context) {
      const chosen = KEYS.filter((key) => context.has(key));
      const shown = chosen.length > 0 ? chosen : (['l', 'w', 'c'] as const);
      const alone = shown.length === 1 && context.operands.length < 2;
      const totals = shown.map(() => 0);
      const row = (numbers: readonly number[], name: string) =>
        `${numbers.map((number) => (alone ? String(number) : String(number).padStart(9))).join(' ')}${name}\n`;
      yield* eachInput(context, context.operands, function* (descriptor, name) {
        const counts = countsOf(yield* readAll(context.sys, descriptor));
        const numbers = shown.map((key) => counts[key]);
        for (const [at, key] of shown.entries())
          totals[at] = key === 'L' ? Math.max(totals[at] ?? 0, counts.L) : (totals[at] ?? 0) + counts[key];
        context.print(row(numbers, context.operands.length > 0 ? ` ${name}` : ''));
      });
      if (context.operands.length > 1) context.print(row(totals, ' total'));
      return undefined;
    },
  },
);

function countsOf(bytes: Uint8Array): Record<(typeof KEYS)[number], number> {
  const text = Buffer.from(bytes).toString('utf8');
  const lines = text.split('\n');
  return {
    l: lines.length - 1,
    w: text.split(/\s+/).filter((word) => word !== '').length,
    m: [...text].length,
    c: bytes.length,
    L: lines.reduce((most, line) => Math.max(most, line.length), 0),
  };
}
