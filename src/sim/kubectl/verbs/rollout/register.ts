import type { Command } from '../../cobra/command.js';

/** What `kubectl rollout` can do, in alphabetical order. */
export const ROLLOUT_VERBS: readonly Command[] = [
];
