import type { Program } from '../../../kernel/sys.js';
import { innerPart } from '../../../shell/coreutils/command.js';
import { sleep as shared } from '../../../shell/coreutils/sleep.js';
import { applet } from '../applet.js';

const USAGE = `sleep [N]...

Pause for a time equal to the total of the args given, where each arg can
have an optional suffix of (s)econds, (m)inutes, (h)ours, or (d)ays`;

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
      const wrong = context.operands.find((word) => !/^(?:\d+\.?\d*|\.\d+)[smhd]?$/.test(word));
      return wrong === undefined ? innerPart(shared)(context) : context.die(`invalid number '${wrong}'`);
    },
  },
);
