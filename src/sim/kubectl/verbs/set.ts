import type { Command } from '../cobra/command.js';
import { SET_VERBS } from './set/register.js';

/** `kubectl set`. */
export const set: Command = { name: 'set', short: 'Set specific features on objects', commands: SET_VERBS };
