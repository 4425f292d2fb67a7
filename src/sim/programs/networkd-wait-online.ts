import type { InstalledProgram } from '../kernel/installed-program.js';
import { MILLISECOND } from '../kernel/time.js';

/** How long an interface takes to have its address after the machine has begun to boot. */
const CARRIER = 120 * MILLISECOND;

/** Ends when the network is there, for units that come after network-online.target. */
export const networkdWaitOnline: InstalledProgram = {
  name: 'systemd-networkd-wait-online',
  paths: ['/usr/lib/systemd/systemd-networkd-wait-online'],
  *run(sys) {
    yield* sys.sleep(CARRIER);
    return 0;
  },
};
