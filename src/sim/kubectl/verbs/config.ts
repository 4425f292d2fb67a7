import type { Command } from '../cobra/command.js';
import { CONFIG_VERBS } from './config/register.js';

/** `kubectl config`. */
export const config: Command = { name: 'config', short: 'Modify kubeconfig files', commands: CONFIG_VERBS };
