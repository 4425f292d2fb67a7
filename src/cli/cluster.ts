import { nearest } from '../labs/nearest.js';
import type { CliCommand } from './command.js';
import { UsageError } from './io.js';

const PARTS = ['delete', 'keep', 'list'] as const;

/** `kubedrill cluster`: the kind clusters that `--cluster kind` made, and what attempts left on contexts. */
export const cluster: CliCommand = {
  name: 'cluster',
  declare(command, io) {
    command
      .description(
        'list, delete and keep the clusters made by --cluster kind; list and delete what was left on contexts',
      )
      .allowExcessArguments()
      .action(async () => {
        const [word] = command.args;
        if (word !== undefined) throw new UsageError(noSuch(word));
        await (await import('./cluster/list-clusters.js')).listClusters({}, io);
      });
    command
      .command('list')
      .description('every cluster, and what attempts have on contexts, and how each stands')
      .option('--json', 'as a JSON array')
      .action(async (options: { json?: boolean }) =>
        (await import('./cluster/list-clusters.js')).listClusters(options, io),
      );
    command
      .command('delete')
      .description('delete a cluster, or what was left on context=NAME; nothing that is in use')
      .argument('[name]', 'as list shows it')
      .option('--all', 'all kind clusters that are not in use')
      .option('--yes', "do not ask, but about what on a context may be somebody else's")
      .action(async (name: string | undefined, options: { all?: boolean; yes?: boolean }) =>
        (await import('./cluster/delete-clusters.js')).deleteClusters(name, options, io),
      );
    command
      .command('keep')
      .description('keep a cluster when another task needs the room')
      .argument('[name]', 'as list shows it')
      .option('--off', 'keep it no longer')
      .action(async (name: string | undefined, options: { off?: boolean }) => {
        if (name === undefined) throw new UsageError('Name the cluster to keep; `kubedrill cluster list` shows them.');
        await (await import('./cluster/keep-cluster.js')).keepCluster(name, options, io);
      });
  },
};

function noSuch(word: string): string {
  const near = nearest(word, PARTS);
  const meant = near === undefined ? `there are ${PARTS.join(', ')}` : `did you mean ${near}?`;
  return `cluster has no ${word}; ${meant}`;
}
