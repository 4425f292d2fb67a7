import type { Program } from '../../../kernel/sys.js';
import { formatPrintf } from '../../../shell/format/printf.js';
import { applet } from '../applet.js';

const USAGE = `printf FORMAT [ARG]...

Format and print ARG(s) according to FORMAT (a-la C printf)`;

/** `printf` of busybox. */
export const printf: Program = applet(
  {
    name: 'printf',
    usage: USAGE,
    inOrder: true,
    operandsMin: 1,
    legacy: (word) => (word === '--help' ? undefined : { key: 'word', value: word, as: '' }),
    says: [
      [/^'?(.*?)'?: (?:expected a numeric value|value not completely converted)$/, "invalid number '$1'"],
      [/^(%.*): invalid conversion specification$/, '$1: invalid format'],
    ],
  },
  {
    run(context) {
      const [format = '', ...args] = [...context.options.values('word'), ...context.operands];
      const result = formatPrintf(format, args, { dialect: 'coreutils' });
      for (const error of result.errors) context.warn(error);
      context.print(result.output);
      return result.status;
    },
  },
);
