import type { InstalledProgram } from '../../kernel/installed-program.js';
import { runVi } from './main.js';

/** vi, as vim under all its names. */
export const vi: InstalledProgram = {
  name: 'vi',
  paths: ['/usr/bin/vi', '/usr/bin/vim', '/usr/bin/view', '/usr/bin/vim.basic', '/usr/bin/editor'],
  run: runVi,
};
