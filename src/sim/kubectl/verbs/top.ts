import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import { completeNames } from '../completion/resources.js';
import { CommandError, UsageError } from '../errors.js';
import type { Session } from '../session.js';

/** Without a metrics server nobody knows what is used. */
function* requireMetrics(session: Session): Waiting<void> {
  const groups = yield* session.discovery().groups();
  if (!groups.some(({ name }) => name === 'metrics.k8s.io')) throw new CommandError('Metrics API not available');
}

function topOf(name: 'node' | 'pod', aliases: readonly string[]): Command {
  return {
    name,
    aliases,
    short: `Display resource (CPU/memory) usage of ${name}s`,
    complete: completeNames(`${name}s`),
    run: function* (session, flags, args) {
      if (args.length > 1) throw new UsageError(`top ${name}`, `${name} [NAME | -l label]`);
      const sortBy = flags.text('sort-by');
      if (sortBy !== '' && sortBy !== 'cpu' && sortBy !== 'memory')
        throw new CommandError('--sort-by accepts only cpu or memory');
      if (args.length > 0 && flags.text('selector') !== '')
        throw new CommandError('only one of NAME or selector can be provided');
      yield* requireMetrics(session);
    },
  };
}

/** `kubectl top`. */
export const top: Command = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  helpTo: 'err',
  commands: [topOf('node', ['nodes', 'no']), topOf('pod', ['pods', 'po'])],
};
