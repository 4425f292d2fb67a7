import type { InstalledProgram } from '../kernel/installed-program.js';
import { journalctl } from './journalctl/index.js';
import { systemctl } from './systemctl/index.js';
import { systemd } from './systemd/index.js';

/** Every program of this folder. */
export const programs: readonly InstalledProgram[] = [journalctl, systemctl, systemd];
