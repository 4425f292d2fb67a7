import type { InstalledProgram } from '../kernel/installed-program.js';
import { journalctl } from './journalctl/index.js';
import { login } from './login.js';
import { scp } from './scp.js';
import { ssh } from './ssh/index.js';
import { sshd } from './sshd/index.js';
import { su } from './su.js';
import { sudo } from './sudo/index.js';
import { systemctl } from './systemctl/index.js';
import { systemd } from './systemd/index.js';

/** Every program of this folder. */
export const programs: readonly InstalledProgram[] = [journalctl, login, scp, ssh, sshd, su, sudo, systemctl, systemd];
