import type { Command } from '../../cobra/command.js';
import { readAmounts } from '../../generate/amounts.js';
import { generatorCommand } from '../../generate/generator.js';

/** `kubectl create quota`. */
export const quota: Command = generatorCommand('create', {
  name: 'quota',
  aliases: ['resourcequota'],
  short: 'Create a quota with the specified name',
  failing: 'failed to create quota: ',
  build: function* ({ session: { flags }, name }) {
    const hard = readAmounts(flags.text('hard'));
    const scopes = flags
      .text('scopes')
      .split(',')
      .filter((scope) => scope !== '');
    return {
      kind: 'ResourceQuota',
      apiVersion: 'v1',
      metadata: { name },
      spec: { ...(Object.keys(hard).length > 0 ? { hard } : {}), ...(scopes.length > 0 ? { scopes } : {}) },
      status: {},
    };
  },
});
