import { compareText } from '../../../api/go-text.js';
import type { Command } from '../../cobra/command.js';
import { CommandError, throwAll } from '../../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../../output/tabwriter.js';

/** `kubectl config get-contexts`. */
export const getContexts: Command = {
  name: 'get-contexts',
  short: 'Describe one or many contexts',
  complete: function* (session) {
    return [...session.kubeconfigOrEmpty().contexts.keys()].sort(compareText);
  },
  run: function* (session, flags, args) {
    const output = flags.text('output');
    if (output !== '' && output !== 'name') {
      throw new CommandError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      );
    }
    const config = session.kubeconfigOrEmpty();
    const names = (args.length > 0 ? [...args] : [...config.contexts.keys()]).sort(compareText);
    const current = flags.text('context') || config.currentContext;
    const errors = names
      .filter((name) => !config.contexts.has(name))
      .map((name) => new CommandError(`context ${name} not found`));
    const known = names.filter((name) => config.contexts.has(name));
    if (output === 'name') yield* session.out(known.map((name) => `${name}\n`).join(''));
    else {
      const head = flags.bool('no-headers') ? '' : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n';
      const rows = known.map((name) => {
        const { cluster = '', user = '', namespace = '' } = config.contexts.get(name) ?? {};
        return `${name === current ? '*' : ''}\t${name}\t${cluster}\t${user}\t${namespace}\n`;
      });
      yield* session.out(alignTabs(head + rows.join(''), TABLE_LAYOUT));
    }
    throwAll(errors);
  },
};
