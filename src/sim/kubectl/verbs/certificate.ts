import type { Command } from '../cobra/command.js';
import { CERTIFICATE_VERBS } from './certificate/register.js';

/** `kubectl certificate`. */
export const certificate: Command = {
  name: 'certificate',
  short: 'Modify certificate resources',
  helpTo: 'out',
  commands: CERTIFICATE_VERBS,
};
