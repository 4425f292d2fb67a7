import type { Program } from '../../../kernel/sys.js';
import { md5sum as shared } from '../../../shell/coreutils/checksums.js';
import { checksumApplet } from '../checksum-applet.js';

/** `md5sum` of busybox. */
export const md5sum: Program = checksumApplet('md5sum', 'MD5', shared);
