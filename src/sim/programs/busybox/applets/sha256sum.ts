import type { Program } from '../../../kernel/sys.js';
import { sha256sum as shared } from '../../../shell/coreutils/checksums.js';
import { checksumApplet } from '../checksum-applet.js';

/** `sha256sum` of busybox. */
export const sha256sum: Program = checksumApplet('sha256sum', 'SHA256', shared);
