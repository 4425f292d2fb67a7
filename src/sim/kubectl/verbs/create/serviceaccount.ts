import type { Command } from '../../cobra/command.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create serviceaccount`. */
export const serviceaccount: Command = generatorCommand('create', {
  name: 'serviceaccount',
  aliases: ['sa'],
  short: 'Create a service account with the specified name',
  failing: 'failed to create serviceaccount: ',
  build: function* ({ name }) {
    return { kind: 'ServiceAccount', apiVersion: 'v1', metadata: { name } };
  },
});
