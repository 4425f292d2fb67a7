import type { Program } from '../../../kernel/sys.js';
import { sha1sum as shared } from '../../../shell/coreutils/checksums.js';
import { checksumApplet } from '../checksum-applet.js';

/** `sha1sum` of busybox. */
export const sha1sum: Program = checksumApplet('sha1sum', 'SHA1', shared);
