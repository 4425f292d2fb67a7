import type { Command } from '../../../cobra/command.js';
import { generatorCommand } from '../../../generate/generator.js';
import { buildService } from '../../../generate/service.js';

/** `kubectl create service clusterip`. */
export const clusterip: Command = generatorCommand('create service', {
  name: 'clusterip',
  short: 'Create a ClusterIP service',
  failing: 'failed to create ClusterIP service: ',
  build: function* ({ session, name }) {
    return buildService(session, name, 'ClusterIP');
  },
});
