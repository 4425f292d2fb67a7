import type { Command } from '../../cobra/command.js';
import { canI } from './can-i.js';
import { reconcile } from './reconcile.js';
import { whoami } from './whoami.js';

/** What `kubectl auth` can do, in alphabetical order. */
export const AUTH_VERBS: readonly Command[] = [canI, reconcile, whoami];
