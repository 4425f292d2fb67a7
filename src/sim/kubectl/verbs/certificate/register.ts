import type { Command } from '../../cobra/command.js';
import { approve } from './approve.js';
import { deny } from './deny.js';

/** What `kubectl certificate` can do, in alphabetical order. */
export const CERTIFICATE_VERBS: readonly Command[] = [approve, deny];
