import type { CriContainerConfig } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

/** Where the kernel lists the profiles it holds, a line each: `name (mode)`. */
const PROFILES = '/sys/kernel/security/apparmor/profiles';

/** Throws `CriError` when a container is to be confined by a profile that is not loaded on this host. */
export function demandProfile(sys: Sys, { apparmor }: Pick<CriContainerConfig, 'apparmor'>): void {
  if (apparmor?.type !== 'Localhost') return;
  const name = apparmor.path.replace(/^localhost\//, '');
  if (loaded(sys).some((line) => line.startsWith(`${name} (`))) return;
  throw new CriError(
    `failed to get container spec opts: failed to generate apparmor spec opts: apparmor profile not found ${name}`,
  );
}

function loaded(sys: Sys): string[] {
  try {
    return decodeText(sys.readFile(PROFILES)).split('\n');
  } catch (error) {
    if (!isErrno(error)) throw error;
    return [];
  }
}
