import { nearest } from '../labs/nearest.js';
import type { CliCommand } from './command.js';
import { UsageError } from './io.js';

const PARTS = ['delete', 'keep', 'list'] as const;

/** `kubedrill cluster`: the kind clusters that `--cluster kind` made. */
export const cluster: CliCommand = {
  name: 'cluster',
  declare(command, io) {
    command
      .description('list, delete and keep the kind clusters made by --cluster kind')
      .allowExcessArguments()
      .action(async () => {
        const [word] = command.args;
        if (word !== undefined) throw new UsageError(noSuch(word));
        await (await import('./cluster/list-clusters.js')).listClusters({}, io);
      });
    command
      .command('list')
      .description('every cluster, and how it stands')
      .option('--json', 'as a JSON array')
      .action(async (options: { json?: boolean }) =>
        (await import('./cluster/list-clusters.js')).listClusters(options, io),
      );
    command
      .command('delete')
      .description('delete a cluster; one that is in use is not')
      .argument('[name]', 'as list shows it')
      .option('--all', 'all that are not in use')
      .option('--yes', 'do not ask')
      .action(async (name: string | undefined, options: { all?: boolean; yes?: boolean }) =>
        (await import('./cluster/delete-clusters.js')).deleteClusters(name, options, io),
      );
    command
      .command('keep')
      .description('keep a cluster when another task needs the room')
      .argument('<name>', 'as list shows it')
      .option('--off', 'keep it no longer')
      .action(async (name: string, options: { off?: boolean }) =>
        (await import('./cluster/keep-cluster.js')).keepCluster(name, options, io),
      );
  },
};

function noSuch(word: string): string {
  const near = nearest(word, PARTS);
  const meant = near === undefined ? `there are ${PARTS.join(', ')}` : `did you mean ${near}?`;
  return `cluster has no ${word}; ${meant}`;
}
