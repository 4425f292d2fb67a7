import type { Command } from '../cobra/command.js';
import { AUTH_VERBS } from './auth/register.js';

/** `kubectl auth`. */
export const auth: Command = { name: 'auth', short: 'Inspect authorization', commands: AUTH_VERBS, helpTo: 'err' };
