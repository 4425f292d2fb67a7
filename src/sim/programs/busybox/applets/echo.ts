import type { Program } from '../../../kernel/sys.js';
import { formatEcho } from '../../../shell/format/echo.js';
import { applet } from '../applet.js';

/** `echo` of busybox; it has no usage of its own. */
export const echo: Program = applet(
  { name: 'echo', usage: 'echo [-neE] [ARG]...', bare: true },
  {
    run(context) {
      context.print(formatEcho(context.operands));
      return 0;
    },
  },
);
