import { absent } from '../absent.js';
import type { HelmCommand } from '../command.js';

/** `helm completion`. */
export const completionCommand: HelmCommand = {
  name: 'completion',
  short: 'generate autocompletion scripts for the specified shell',
  commands: ['bash', 'fish', 'powershell', 'zsh'].map((shell) =>
    absent(shell, `generate autocompletion script for ${shell}`, ''),
  ),
};
