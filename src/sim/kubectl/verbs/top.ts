import type { Waiting } from '../../kernel/wait.js';
import type { Command } from '../cobra/command.js';
import type { Flags } from '../cobra/flags.js';
import { completeNames } from '../completion/resources.js';
import { CommandError, UsageError } from '../errors.js';
import type { Session } from '../session.js';
import { topNodes } from '../top/nodes.js';
import { topPods } from '../top/pods.js';

type Top = (session: Session, flags: Flags, name: string | undefined) => Waiting<void>;

function topOf(name: 'node' | 'pod', aliases: readonly string[], show: Top): Command {
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
      const selects = flags.text('selector') !== '' || (name === 'pod' && flags.text('field-selector') !== '');
      if (args.length > 0 && selects)
        throw new CommandError(`only one of NAME or ${name === 'pod' ? '' : '--'}selector can be provided`);
      yield* show(session, flags, args[0]);
    },
  };
}

/** `kubectl top`. */
export const top: Command = {
  name: 'top',
  short: 'Display resource (CPU/memory) usage',
  helpTo: 'err',
  commands: [topOf('node', ['nodes', 'no'], topNodes), topOf('pod', ['pods', 'po'], topPods)],
};
