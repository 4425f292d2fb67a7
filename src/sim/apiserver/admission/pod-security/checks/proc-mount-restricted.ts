import { judgeProcMount } from '../proc-mount.js';
import type { Check } from '../violation.js';

/** What /proc hides stays hidden, also where baseline has become milder. */
export const PROC_MOUNT_RESTRICTED: Check = {
  id: 'procMount_restricted',
  level: 'restricted',
  versions: [{ since: 35, judge: judgeProcMount, replaces: ['procMount'] }],
};
