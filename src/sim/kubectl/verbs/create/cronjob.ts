import type { Command } from '../../cobra/command.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create cronjob`. */
export const cronjob: Command = generatorCommand('create', {
  name: 'cronjob',
  aliases: ['cj'],
  short: 'Create a cron job with the specified name',
  required: ['image', 'schedule'],
  failing: 'failed to create cronjob: ',
  build: function* ({ session: { flags }, name, command }) {
    const container = { name, image: flags.text('image'), ...(command.length > 0 ? { command } : {}), resources: {} };
    const restartPolicy = flags.text('restart') || 'OnFailure';
    return {
      kind: 'CronJob',
      apiVersion: 'batch/v1',
      metadata: { name },
      spec: {
        schedule: flags.text('schedule'),
        jobTemplate: {
          metadata: { name },
          spec: { template: { metadata: {}, spec: { containers: [container], restartPolicy } } },
        },
      },
      status: {},
    };
  },
});
