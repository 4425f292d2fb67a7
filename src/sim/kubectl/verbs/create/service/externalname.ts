import type { Command } from '../../../cobra/command.js';
import { generatorCommand } from '../../../generate/generator.js';
import { buildService } from '../../../generate/service.js';

/** `kubectl create service externalname`. */
export const externalname: Command = generatorCommand('create service', {
  name: 'externalname',
  short: 'Create an ExternalName service',
  required: ['external-name'],
  failing: 'failed to create ExternalName service: ',
  build: function* ({ session, name }) {
    return buildService(session, name, 'ExternalName');
  },
});
