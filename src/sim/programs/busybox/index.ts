import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { ash } from '../../shell/ash.js';
import { BANNER } from './applet.js';
import { applets } from './applets/register.js';

const ABOUT = `${BANNER}
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list[-full]
   or: busybox --show SCRIPT
   or: busybox --install [-s] [DIR]
   or: function [arguments]...

	BusyBox is a multi-call binary that combines many common Unix
	utilities into a single executable.  Most people will create a
	link to busybox for each function they wish to use and BusyBox
	will act like whatever it was invoked as.

Currently defined functions:
`;

/** busybox: the applet that it is called by, or that its first argument names. */
function* run(sys: Sys): Waiting<number> {
  const called = nameOf(sys.args[0] ?? '');
  if (!called.startsWith('busybox')) return yield* runApplet(sys, called);
  const [, wanted] = sys.args;
  if (wanted === undefined || wanted === '--help') {
    yield* sys.write(1, Buffer.from(ABOUT + columns(installed(sys))));
    return 0;
  }
  if (wanted === '--list' || wanted === '--list-full') {
    const prefix = wanted === '--list' ? '' : 'bin/';
    yield* sys.write(
      1,
      Buffer.from(
        installed(sys)
          .map((name) => `${prefix}${name}\n`)
          .join(''),
      ),
    );
    return 0;
  }
  const name = nameOf(wanted);
  if (!OWN_PROGRAMS.has(name)) return yield* runApplet(calledBy(sys, sys.args.slice(1)), name);
  try {
    return yield* sys.exec(`/bin/${name}`, [wanted, ...sys.args.slice(2)]);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return yield* unknown(sys, wanted);
  }
}

/** Applets that are programs of their own in this house; an image that has them has them in /bin. */
const OWN_PROGRAMS = new Set('httpd install ip less mkfifo nc nslookup split su sync vi wget'.split(' '));

/** The same process with other words, for the applet that the first word names; ps goes on showing what was called. */
function calledBy(sys: Sys, args: readonly string[]): Sys {
  return Object.create(sys, { args: { value: args } }) as Sys;
}

function* runApplet(sys: Sys, name: string): Waiting<number> {
  if (name === 'sh' || name === 'ash') return yield* ash(sys);
  const found = Object.hasOwn(applets, name) ? applets[name] : undefined;
  return found ? yield* found(sys) : yield* unknown(sys, name);
}

function* unknown(sys: Sys, name: string): Waiting<number> {
  yield* sys.write(2, Buffer.from(`${name}: applet not found\n`));
  return 127;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '');
}

/** The applets: busybox's own, and those of the other programs that this file system has. */
function installed(sys: Sys): string[] {
  const others = [...OWN_PROGRAMS].filter((name) => exists(sys, `/bin/${name}`));
  return [...Object.keys(applets), 'ash', 'sh', ...others].sort();
}

/** Names with commas, as many as go into 79 columns. */
function columns(names: readonly string[]): string {
  const lines: string[] = [];
  let line = '';
  for (const [at, name] of names.entries()) {
    const word = `${name}${at < names.length - 1 ? ',' : ''}`;
    if (line !== '' && line.length + word.length + 9 > 79) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line].map((text) => `\t${text}\n`).join('');
}

/** busybox, the whole of what small images run; no host has it. */
export const busybox: InstalledProgram = { name: 'busybox', paths: [], run };
