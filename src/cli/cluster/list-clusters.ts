import chalk from 'chalk';
import type { KnownCluster } from '../../clusters/kind/inventory.js';
import { type CommandIo, say } from '../io.js';
import { inventoryOf } from './known-clusters.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COLUMNS = ['NAME', 'STATE', 'NODES', 'VERSION', 'ENGINE', 'NETWORK', 'ADD-ONS', 'AGE'] as const;

/** Prints our clusters as a table, or with `--json` as an array of `KnownCluster`. */
export async function listClusters({ json }: { json?: boolean }, io: CommandIo): Promise<void> {
  const clusters = await inventoryOf(io).list();
  if (json) return say(io, JSON.stringify(clusters, undefined, 2));
  if (clusters.length === 0) return say(io, 'There are no kind clusters of kubedrill. --cluster kind makes one.');
  const rows = [COLUMNS as readonly string[], ...clusters.map(rowOf)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  for (const [index, row] of rows.entries()) {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd();
    say(io, index === 0 ? chalk.dim(line) : line);
  }
  const strays = clusters.some(({ stands }) => stands === 'stray');
  if (strays) say(io, chalk.dim('Strays are of no more use: `kubedrill cluster delete NAME` removes one.'));
}

function rowOf({ name, stands, nodes, version, engine, network, addons, created }: KnownCluster): readonly string[] {
  const known = (value: string | number | undefined) => (value === undefined ? '-' : String(value));
  const age = created === undefined ? '-' : ageText(Date.now() - created);
  return [name, stands, known(nodes), known(version), known(engine), known(network), addons?.join(',') || '-', age];
}

function ageText(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) return `${Math.floor(milliseconds / DAY)}d`;
  if (milliseconds >= 2 * HOUR) return `${Math.floor(milliseconds / HOUR)}h`;
  return `${Math.max(0, Math.floor(milliseconds / MINUTE))}m`;
}
