import type { Program } from '../../../kernel/sys.js';
import { fgrep as shared } from '../../../shell/coreutils/grep/grep.js';
import { applet } from '../applet.js';
import { GREP } from './grep.js';

/** `fgrep` of busybox. */
export const fgrep: Program = applet({ name: 'fgrep', usage: 'No help available', ...GREP }, shared);
