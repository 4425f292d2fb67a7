import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { isApplet } from '../own-path.js';
import { busyboxNc } from './applet.js';
import { openbsdNc } from './openbsd.js';

function* run(sys: Sys): Waiting<number> {
  return yield* isApplet(sys) ? busyboxNc(sys) : openbsdNc(sys);
}

/** nc: bytes to and from a port; busybox's applet in containers, netcat-openbsd on hosts. */
export const nc: InstalledProgram = { name: 'nc', paths: ['/usr/bin/nc'], run };
