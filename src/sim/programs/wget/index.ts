import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { isApplet } from '../own-path.js';
import { busyboxWget } from './applet.js';
import { gnuWget } from './gnu.js';

function* run(sys: Sys): Waiting<number> {
  return yield* isApplet(sys) ? busyboxWget(sys) : gnuWget(sys);
}

/** wget: fetches a page; busybox's applet in containers, GNU's program on hosts. */
export const wget: InstalledProgram = { name: 'wget', paths: ['/usr/bin/wget'], run };
