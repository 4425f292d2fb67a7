import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print } from '../../kernel/libc/streams.js';
import { loadedModules } from './modules.js';

/** lsmod of kmod: /proc/modules as a table. */
export const lsmod: InstalledProgram = {
  name: 'lsmod',
  paths: ['/usr/sbin/lsmod'],
  *run(sys) {
    const lines = loadedModules(sys).map(({ name, size, uses, holders }) => {
      const by = holders.length === 0 ? '' : ` ${holders.join(',')}`;
      return `${name.padEnd(19)} ${size.padStart(8)}  ${uses}${by}\n`;
    });
    yield* print(sys, `Module                  Size  Used by\n${lines.join('')}`);
    return 0;
  },
};
