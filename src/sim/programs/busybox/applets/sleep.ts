import type { Program, Sys } from '../../../kernel/sys.js';
import { DAY } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { innerPart } from '../../../shell/coreutils/command.js';
import { sleep as shared } from '../../../shell/coreutils/sleep.js';
import { applet } from '../applet.js';

const USAGE = `sleep [N]...

Pause for a time equal to the total of the args given, where each arg can
have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays`;

/** As GNU's: only the first word counts, and only its beginning. */
const FOREVER = /^inf/i;

function* forever(sys: Sys): Waiting<number> {
  for (;;) yield* sys.sleep(DAY);
}

/** `sleep` of busybox. */
export const sleep: Program = applet(
  {
    name: 'sleep',
    usage: USAGE,
    says: [[/^invalid time interval '(.*)'$/, "invalid number '$1'"]],
    operandsMin: 1,
  },
  {
    run(context) {
      if (FOREVER.test(context.operands[0] ?? '')) return forever(context.sys);
      const wrong = context.operands.find((word) => !/^(?:\d+\.?\d*|\.\d+)[smhd]?$/.test(word));
      return wrong === undefined ? innerPart(shared)(context) : context.die(`invalid number '${wrong}'`);
    },
  },
);
