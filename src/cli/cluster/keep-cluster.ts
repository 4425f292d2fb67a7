import { type CommandIo, say } from '../io.js';
import { inventoryOf, meantCluster } from './known-clusters.js';

/** Keeps a cluster when another task needs the room, or no longer. */
export async function keepCluster(name: string, { off }: { off?: boolean }, io: CommandIo): Promise<void> {
  const inventory = inventoryOf(io);
  const { name: meant, cluster } = meantCluster(name, await inventory.list());
  inventory.keep(meant, !off);
  say(
    io,
    off
      ? `${cluster} is kept no longer: it goes when a task needs another cluster.`
      : `${cluster} is kept until you delete it.`,
  );
}
