import type { Command } from '../../cobra/command.js';
import { clusterip } from './service/clusterip.js';
import { externalname } from './service/externalname.js';
import { loadbalancer } from './service/loadbalancer.js';
import { nodeport } from './service/nodeport.js';

/** `kubectl create service`. */
export const service: Command = {
  name: 'service',
  aliases: ['svc'],
  short: 'Create a service using a specified subcommand',
  helpTo: 'err',
  commands: [clusterip, externalname, loadbalancer, nodeport],
};
