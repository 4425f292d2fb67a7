import type { Program } from '../../../kernel/sys.js';
import { nsenter as shared } from '../../../shell/coreutils/nsenter.js';
import { applet } from '../applet.js';

const USAGE = `nsenter [OPTIONS] [PROG ARGS]

	-t PID		Target process to get namespaces from
	-m[FILE]	Enter mount namespace
	-u[FILE]	Enter UTS namespace (hostname etc)
	-i[FILE]	Enter System V IPC namespace
	-n[FILE]	Enter network namespace
	-p[FILE]	Enter pid namespace
	-U[FILE]	Enter user namespace
	-S UID		Set uid in entered namespace
	-G GID		Set gid in entered namespace
	--preserve-credentials	Don't touch uids or gids
	-r[DIR]		Set root directory
	-w[DIR]		Set working directory
	-F		Don't fork before exec'ing PROG`;

/** `nsenter` of busybox. */
export const nsenter: Program = applet(
  {
    name: 'nsenter',
    usage: USAGE,
    options: ['t target=PID', 'm mount', 'u uts', 'i ipc', 'n net', 'p pid', 'U user', 'F no-fork'],
    says: [
      [/^cannot open (\S+): (.*)$/, "can't open '$1': $2"],
      [/^failed to execute (.*): (.*)$/, "can't execute '$1': $2"],
      [/^reassociate to namespaces failed: (.*)$/, 'setns(): $1'],
    ],
    usageStatus: 1,
    inOrder: true,
  },
  shared,
);
