import type { Command } from '../../../cobra/command.js';
import { generatorCommand } from '../../../generate/generator.js';
import { buildService } from '../../../generate/service.js';

/** `kubectl create service loadbalancer`. */
export const loadbalancer: Command = generatorCommand('create service', {
  name: 'loadbalancer',
  short: 'Create a LoadBalancer service',
  failing: 'failed to create LoadBalancer service: ',
  build: function* ({ session, name }) {
    return buildService(session, name, 'LoadBalancer');
  },
});
