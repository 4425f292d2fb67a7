import type { Program } from '../../../kernel/sys.js';
import { sha512sum as shared } from '../../../shell/coreutils/checksums.js';
import { checksumApplet } from '../checksum-applet.js';

/** `sha512sum` of busybox. */
export const sha512sum: Program = checksumApplet('sha512sum', 'SHA512', shared);
