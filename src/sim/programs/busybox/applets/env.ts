import type { Program } from '../../../kernel/sys.js';
import { env as shared } from '../../../shell/coreutils/env.js';
import { applet } from '../applet.js';

const USAGE = `env [-i0] [-u NAME]... [-] [NAME=VALUE]... [PROG ARGS]

Print current environment or run PROG after setting up environment

	-, -i	Start with empty environment
	-0	NUL terminated output
	-u NAME	Remove variable from environment`;

/** `env` of busybox. */
export const env: Program = applet(
  {
    name: 'env',
    usage: USAGE,
    options: ['i ignore-environment', '0 null', 'u unset=NAME'],
    says: [[/^'(.*)': (No such file.*|Permission denied)$/, "can't execute '$1': $2"]],
    inOrder: true,
    failure: 127,
    usageStatus: 1,
  },
  shared,
);
