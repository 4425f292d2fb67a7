import type { Check } from '../violation.js';
import { ALLOW_PRIVILEGE_ESCALATION } from './allow-privilege-escalation.js';
import { APP_ARMOR_PROFILE } from './app-armor-profile.js';
import { CAPABILITIES_BASELINE } from './capabilities-baseline.js';
import { CAPABILITIES_RESTRICTED } from './capabilities-restricted.js';
import { HOST_NAMESPACES } from './host-namespaces.js';
import { HOST_PATH_VOLUMES } from './host-path-volumes.js';
import { HOST_PORTS } from './host-ports.js';
import { HOST_PROBES } from './host-probes.js';
import { PRIVILEGED } from './privileged.js';
import { PROC_MOUNT_BASELINE } from './proc-mount-baseline.js';
import { PROC_MOUNT_RESTRICTED } from './proc-mount-restricted.js';
import { RESTRICTED_VOLUMES } from './restricted-volumes.js';
import { RUN_AS_NON_ROOT } from './run-as-non-root.js';
import { RUN_AS_USER } from './run-as-user.js';
import { SE_LINUX_OPTIONS } from './se-linux-options.js';
import { SECCOMP_PROFILE_BASELINE } from './seccomp-profile-baseline.js';
import { SECCOMP_PROFILE_RESTRICTED } from './seccomp-profile-restricted.js';
import { SYSCTLS } from './sysctls.js';
import { WINDOWS_HOST_PROCESS } from './windows-host-process.js';

/** Everything that a level of Pod Security looks at, alphabetically. */
export const CHECKS: readonly Check[] = [
  ALLOW_PRIVILEGE_ESCALATION,
  APP_ARMOR_PROFILE,
  CAPABILITIES_BASELINE,
  CAPABILITIES_RESTRICTED,
  HOST_NAMESPACES,
  HOST_PATH_VOLUMES,
  HOST_PORTS,
  HOST_PROBES,
  PRIVILEGED,
  PROC_MOUNT_BASELINE,
  PROC_MOUNT_RESTRICTED,
  RESTRICTED_VOLUMES,
  RUN_AS_NON_ROOT,
  RUN_AS_USER,
  SE_LINUX_OPTIONS,
  SECCOMP_PROFILE_BASELINE,
  SECCOMP_PROFILE_RESTRICTED,
  SYSCTLS,
  WINDOWS_HOST_PROCESS,
];
