import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { isApplet } from '../own-path.js';
import { bindNslookup } from './bind.js';
import { busyboxNslookup } from './busybox.js';

function* run(sys: Sys): Waiting<number> {
  return yield* isApplet(sys) ? busyboxNslookup(sys) : bindNslookup(sys);
}

/** nslookup: asks DNS for a name; busybox's applet in containers, bind's program on hosts. */
export const nslookup: InstalledProgram = { name: 'nslookup', paths: ['/usr/bin/nslookup'], run };
