import type { Command } from '../../cobra/command.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create priorityclass`. */
export const priorityclass: Command = generatorCommand('create', {
  name: 'priorityclass',
  aliases: ['pc'],
  short: 'Create a priority class with the specified name',
  failing: 'failed to create priorityclass: ',
  build: function* ({ session: { flags }, name }) {
    const description = flags.text('description');
    return {
      kind: 'PriorityClass',
      apiVersion: 'scheduling.k8s.io/v1',
      metadata: { name },
      value: flags.number('value'),
      ...(flags.bool('global-default') ? { globalDefault: true } : {}),
      ...(description === '' ? {} : { description }),
      preemptionPolicy: flags.text('preemption-policy'),
    };
  },
});
