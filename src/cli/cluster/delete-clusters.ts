import { type CommandIo, ExpectedError, say, tell, UsageError } from '../io.js';
import { agreed } from '../progress/ask.js';
import { inventoryOf, meantCluster } from './known-clusters.js';
import { contextNamed, deleteOnContext, onContexts } from './left-on-contexts.js';

interface DeleteOptions {
  readonly all?: boolean;
  readonly yes?: boolean;
}

/** Deletes one cluster, or all that nobody uses, or what attempts left on a context. Exit code 1 where something stays. */
export async function deleteClusters(
  name: string | undefined,
  { all, yes }: DeleteOptions,
  io: CommandIo,
): Promise<void> {
  if ((name === undefined) === (all !== true)) throw new UsageError('Name one cluster, or say --all.');
  const context = contextNamed(name);
  if (context !== undefined) return deleteOnContext(context, yes, io);
  const inventory = inventoryOf(io);
  const clusters = await inventory.list();
  const meant = name === undefined ? clusters : [meantCluster(name, clusters)];
  const used = meant.filter(({ stands }) => stands === 'in use');
  for (const { cluster, pid } of used)
    tell(io, `${cluster} is in use by another kubedrill (process ${pid}). End it there first.`);
  const free = meant.filter(({ stands }) => stands !== 'in use');
  if (free.length === 0) {
    if (used.length > 0) throw new ExpectedError('Nothing was deleted.');
    say(io, 'There are no kind clusters of kubedrill.');
    if (onContexts(io).length > 0)
      say(io, 'What attempts left on contexts is deleted by name: `kubedrill cluster delete context=NAME`.');
    return;
  }
  const left = free.filter(({ stands }) => stands === 'left').map((one) => one.cluster);
  const names = free.map(({ cluster }) => cluster).join(', ');
  const lost = left.length > 0 ? ` An attempt was left on ${left.join(', ')}: it is lost then.` : '';
  if (!(await agreed(`Delete ${names}?${lost}`, yes, io))) return say(io, 'Nothing was deleted.');
  const refused: string[] = [];
  for (const { name: each, cluster } of free) {
    try {
      await inventory.delete(each);
      say(io, `Deleted ${cluster}.`);
    } catch (error) {
      refused.push(error instanceof Error ? error.message : String(error));
    }
  }
  if (refused.length > 0) throw new ExpectedError(refused.join('\n'));
}
