import type { Command } from '../../cobra/command.js';
import { history } from './history.js';
import { pause } from './pause.js';
import { restart } from './restart.js';
import { resume } from './resume.js';
import { status } from './status.js';
import { undo } from './undo.js';

/** What `kubectl rollout` can do, in alphabetical order. */
export const ROLLOUT_VERBS: readonly Command[] = [history, pause, restart, resume, status, undo];
