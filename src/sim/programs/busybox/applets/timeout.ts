import type { Program } from '../../../kernel/sys.js';
import { timeout as shared } from '../../../shell/coreutils/timeout.js';
import { applet } from '../applet.js';

const USAGE = `timeout [-s SIG] [-k KILL_SECS] SECS PROG ARGS

Run PROG. Send SIG to it if it is not gone in SECS seconds.
Default SIG: TERM.If it still exists in KILL_SECS seconds, send KILL.
`;

/** `timeout` of busybox. */
export const timeout: Program = applet(
  {
    name: 'timeout',
    usage: USAGE,
    options: ['s signal=S', 'k kill-after=S'],
    says: [
      [/^failed to run command '(.*)': (.*)$/, "can't execute '$1': $2"],
      [/^invalid time interval '(.*)'$/, "invalid number '$1'"],
      [/^'?(.*?)'?: invalid signal$/, "bad signal name '$1'"],
    ],
    inOrder: true,
    operandsMin: 2,
  },
  shared,
);
