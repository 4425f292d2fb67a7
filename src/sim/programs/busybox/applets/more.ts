import type { Bytes } from '../../../kernel/bytes.js';
import type { Program } from '../../../kernel/sys.js';
import type { Waiting } from '../../../kernel/wait.js';
import { type Context, reason } from '../../../shell/coreutils/command.js';
import { readAll } from '../../../shell/coreutils/io.js';
import { Keyboard } from '../../more/keyboard.js';
import { applet } from '../applet.js';

const USAGE = `more [FILE]...

View FILE (or stdin) one screenful at a time`;
const KEYS = '(Enter:next line Space:next page Q:quit R:show the rest)';

/** A text page by page; false when it was left before its end. `known`: its size is told. */
function* show({ sys }: Context, bytes: Bytes, known: boolean, keys: Keyboard): Waiting<boolean> {
  const lines = Buffer.from(bytes)
    .toString('utf8')
    .split(/(?<=\n)/);
  let passed = 0;
  let input = ' ';
  let room = 0;
  const { rows, columns } = sys.windowSize(1) ?? { rows: 24, columns: 80 };
  for (const line of lines) {
    if (line === '') break;
    if (passed > 0 && input !== 'r' && room <= 0) {
      // One character more has been read than is shown.
      const share = Math.trunc((passed + 1) / Math.max(1, Math.trunc(bytes.length / 100)));
      input = yield* asked(keys, sys, `--More-- ${known ? `(${share}% of ${bytes.length} bytes)` : ''}`);
      if (input === 'q') return false;
      room = 0;
    }
    if (room <= 0) room = input === '\n' ? 1 : rows - 1;
    yield* sys.write(1, line);
    passed += Buffer.byteLength(line);
    room -= Math.max(1, Math.ceil((line.length - 1) / columns));
  }
  return true;
}

function* asked(keys: Keyboard, sys: Context['sys'], prompt: string): Waiting<string> {
  let shown = prompt;
  for (;;) {
    yield* sys.write(1, shown);
    const key = (yield* keys.next()).toLowerCase().replace('\r', '\n');
    yield* sys.write(1, `\r${' '.repeat(shown.length)}\r`);
    if (/^[ \nqr]$/.test(key)) return key;
    shown = KEYS;
  }
}

/** `more` of busybox: forward only, and it leaves at the end; where there is no terminal it is cat. */
export const more: Program = applet(
  { name: 'more', usage: USAGE },
  {
    *run(context) {
      const { sys, operands } = context;
      const keys = sys.terminal(1) ? new Keyboard(sys) : undefined;
      try {
        for (const name of operands.length > 0 ? operands : [undefined]) {
          let bytes: Bytes;
          try {
            bytes = name === undefined ? yield* readAll(sys, 0) : sys.readFile(name);
          } catch (thrown) {
            yield* sys.write(2, `more: ${name}: ${reason(thrown)}\n`);
            continue;
          }
          if (!keys) yield* sys.write(1, bytes);
          else if (!(yield* show(context, bytes, name !== undefined, keys))) break;
        }
      } finally {
        keys?.close();
      }
      return 0;
    },
  },
);
