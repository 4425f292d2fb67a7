import { CAPABILITIES, type Capability } from '../../kernel/capabilities.js';

/** What containerd gives a container that asks for nothing. */
const DEFAULTS: readonly Capability[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'NET_RAW',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/**
 * The capabilities of a container (containerd WithCapabilities): `ALL` counts first, added or dropped, then those that
 * are added, then those that are dropped, in upper or lower case. Undefined stands for all, which a privileged one has.
 * Names that the kernel does not know are passed over, as runc does.
 */
export function capabilitySet(
  { add, drop }: { readonly add: readonly string[]; readonly drop: readonly string[] },
  privileged: boolean,
): ReadonlySet<Capability> | undefined {
  if (privileged) return undefined;
  const set = new Set(hasAll(drop) ? [] : hasAll(add) ? CAPABILITIES : DEFAULTS);
  for (const name of known(add)) set.add(name);
  for (const name of known(drop)) set.delete(name);
  return set;
}

/** The API server passes names on as they are written, and containerd compares them regardless of case. */
const hasAll = (names: readonly string[]): boolean => names.some((name) => name.toUpperCase() === 'ALL');

function known(names: readonly string[]): Capability[] {
  return CAPABILITIES.filter((capability) => names.some((name) => name.toUpperCase() === capability));
}
