import type { Command } from '../../cobra/command.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create namespace`. */
export const namespace: Command = generatorCommand('create', {
  name: 'namespace',
  aliases: ['ns'],
  short: 'Create a namespace with the specified name',
  build: function* ({ name }) {
    return { kind: 'Namespace', apiVersion: 'v1', metadata: { name }, spec: {}, status: {} };
  },
});
