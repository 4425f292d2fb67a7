import { judgeProcMount } from '../proc-mount.js';
import { type Check, unlessOwnUsers } from '../violation.js';

/** What /proc hides stays hidden; since 1.35 a pod with users of its own may see it. */
export const PROC_MOUNT_BASELINE: Check = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { since: 0, judge: judgeProcMount },
    { since: 35, judge: unlessOwnUsers(judgeProcMount) },
  ],
};
