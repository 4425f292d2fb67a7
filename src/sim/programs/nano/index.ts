import type { InstalledProgram } from '../../kernel/installed-program.js';
import { runNano } from './main.js';

/** nano: a simple editor. */
export const nano: InstalledProgram = { name: 'nano', paths: ['/usr/bin/nano'], run: runNano };
