import { KindInventory, type KnownCluster } from '../../clusters/kind/inventory.js';
import { homeDirectory } from '../../labs/home.js';
import { nearest } from '../../labs/nearest.js';
import { type CommandIo, ExpectedError } from '../io.js';

/** Our clusters on this computer. */
export function inventoryOf({ environment }: Pick<CommandIo, 'environment'>): KindInventory {
  return new KindInventory({ environment, home: homeDirectory(environment) });
}

/** The cluster that is meant, by its name with or without `kubedrill-`. */
export function meantCluster(name: string, clusters: readonly KnownCluster[]): KnownCluster {
  const found = clusters.find((one) => one.name === name || one.cluster === name);
  if (found) return found;
  const names = clusters.map((one) => one.name);
  const near = nearest(name, names);
  if (names.length === 0) throw new ExpectedError(`There is no cluster ${name}; there are none.`);
  throw new ExpectedError(
    `There is no cluster ${name}; ${near ? `did you mean ${near}?` : `there are ${names.join(', ')}.`}`,
  );
}
