import type { Command } from '../../cobra/command.js';
import { dockerRegistry } from './secret/docker-registry.js';
import { generic } from './secret/generic.js';
import { tls } from './secret/tls.js';

/** `kubectl create secret`. */
export const secret: Command = {
  name: 'secret',
  short: 'Create a secret using a specified subcommand',
  helpTo: 'err',
  commands: [dockerRegistry, generic, tls],
};
