import chalk from 'chalk';
import type { LeftAttempt } from '../../clusters/context/known-attempts.js';
import type { KnownCluster } from '../../clusters/kind/inventory.js';
import { type CommandIo, say } from '../io.js';
import { inventoryOf } from './known-clusters.js';
import { CONTEXT, onContexts } from './left-on-contexts.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COLUMNS = ['NAME', 'STATE', 'NODES', 'VERSION', 'ENGINE', 'NETWORK', 'ADD-ONS', 'AGE'] as const;
const CONTEXT_COLUMNS = ['CONTEXT', 'STATE', 'NAMESPACES', 'CLUSTER-WIDE', 'AGE'] as const;

/**
 * Prints our kind clusters, and what attempts have on contexts, as tables; with `--json` as one array of `KnownCluster` and
 * of `LeftAttempt`, whose names are as `delete` takes them.
 */
export async function listClusters({ json }: { json?: boolean }, io: CommandIo): Promise<void> {
  const clusters = await inventoryOf(io).list();
  const attempts = onContexts(io);
  if (json) {
    const left = attempts.map((one) => ({ name: `${CONTEXT}${one.context}`, ...one }));
    return say(io, JSON.stringify([...clusters, ...left], undefined, 2));
  }
  if (clusters.length === 0 && attempts.length === 0)
    return say(io, 'There are no kind clusters of kubedrill. --cluster kind makes one.');
  if (clusters.length > 0) table(COLUMNS, clusters.map(rowOf), io);
  const strays = clusters.some(({ stands }) => stands === 'stray');
  if (strays) say(io, chalk.dim('Strays are of no more use: `kubedrill cluster delete NAME` removes one.'));
  if (attempts.length === 0) return;
  if (clusters.length > 0) say(io);
  table(CONTEXT_COLUMNS, attempts.map(contextRow), io);
  if (attempts.some(({ stands }) => stands !== 'in use'))
    say(io, chalk.dim('`kubedrill cluster delete context=NAME` takes away what attempts left there.'));
}

function table(columns: readonly string[], body: readonly (readonly string[])[], io: CommandIo): void {
  const rows = [columns, ...body];
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => (row[column] as string).length)));
  for (const [index, row] of rows.entries()) {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd();
    say(io, index === 0 ? chalk.dim(line) : line);
  }
}

function contextRow({ context, stands, namespaces, objects, created }: LeftAttempt): readonly string[] {
  const wide = objects.length === 0 ? '-' : objects.join(',');
  return [`${CONTEXT}${context}`, stands, namespaces.join(',') || '-', wide, ageText(Date.now() - created)];
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
