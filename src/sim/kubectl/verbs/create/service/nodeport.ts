import type { Command } from '../../../cobra/command.js';
import { generatorCommand } from '../../../generate/generator.js';
import { buildService } from '../../../generate/service.js';

/** `kubectl create service nodeport`. */
export const nodeport: Command = generatorCommand('create service', {
  name: 'nodeport',
  short: 'Create a NodePort service',
  failing: 'failed to create NodePort service: ',
  build: function* ({ session, name }) {
    return buildService(session, name, 'NodePort');
  },
});
