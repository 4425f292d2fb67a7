import type { Command } from '../cobra/command.js';
import { CommandError } from '../errors.js';

/** `kubectl proxy`, which is refused here by name. */
export const proxy: Command = {
  name: 'proxy',
  short: 'Run a proxy to the Kubernetes API server',
  run: function* () {
    throw new CommandError('proxy is not part of this simulation');
  },
};
