import type { Command } from '../cobra/command.js';
import { ROLLOUT_VERBS } from './rollout/register.js';

/** `kubectl rollout`. */
export const rollout: Command = { name: 'rollout', short: 'Manage the rollout of a resource', commands: ROLLOUT_VERBS };
