import type { Program } from '../../../kernel/sys.js';
import { egrep as shared } from '../../../shell/coreutils/grep/grep.js';
import { applet } from '../applet.js';
import { GREP } from './grep.js';

/** `egrep` of busybox. */
export const egrep: Program = applet({ name: 'egrep', usage: 'No help available', ...GREP }, shared);
