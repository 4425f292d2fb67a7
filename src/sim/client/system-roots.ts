import { decodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Sys } from '../kernel/sys.js';
import { PUBLIC_BUNDLE } from './pki/public-authority.js';

/** The authorities that this computer trusts without being told, as PEM; none where it has no bundle of them. */
export function systemRoots(sys: Sys): string {
  try {
    return decodeText(sys.readFile(PUBLIC_BUNDLE));
  } catch (error) {
    if (isErrno(error)) return '';
    throw error;
  }
}
