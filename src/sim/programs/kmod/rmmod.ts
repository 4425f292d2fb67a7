import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { printError } from '../../kernel/libc/streams.js';
import { alterModule, loadedModules, nameOf } from './modules.js';

/** rmmod of kmod: takes modules out of the kernel. */
export const rmmod: InstalledProgram = {
  name: 'rmmod',
  paths: ['/usr/sbin/rmmod'],
  *run(sys) {
    const names = sys.args.slice(1).filter((word) => !word.startsWith('-'));
    if (names.length === 0) {
      yield* printError(sys, 'rmmod: ERROR: missing module name.\n');
      return 1;
    }
    let status = 0;
    for (const name of names.map(nameOf)) {
      const found = loadedModules(sys).find((one) => one.name === name);
      let problem: string | undefined;
      if (!found) problem = `Module ${name} is not currently loaded`;
      else if (found.uses > 0) problem = `Module ${name} is in use by: ${found.holders.join(' ')}`;
      else {
        try {
          alterModule(sys, '-', name);
        } catch (error) {
          if (!isErrno(error)) throw error;
          problem = `could not remove '${name}': Operation not permitted`;
        }
      }
      if (problem === undefined) continue;
      status = 1;
      yield* printError(sys, `rmmod: ERROR: ${problem}\n`);
    }
    return status;
  },
};
