import type { Command } from './command.js';

/** Names this far apart, or nearer, are offered instead. */
const DISTANCE_MAX = 2;

/** Suggestions come in the order in which kubectl adds its commands, not that of the alphabet. */
// biome-ignore format: a list
const ADDED = [
  'create', 'expose', 'run', 'set', 'explain', 'get', 'edit', 'delete', 'rollout', 'scale', 'autoscale', 'certificate', 'cluster-info',
  'top', 'cordon', 'uncordon', 'drain', 'taint', 'describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug',
  'events', 'diff', 'apply', 'patch', 'replace', 'wait', 'kustomize', 'label', 'annotate', 'completion', 'plugin', 'version',
  'api-versions', 'api-resources', 'options', 'config',
];

/** What kubectl says of a command it does not have, nor a plugin for it. */
export function unknownCommand(word: string, commands: readonly Command[]): string {
  const rank = (name: string): number => (ADDED.includes(name) ? ADDED.indexOf(name) : ADDED.length);
  const near = commands
    .filter(({ hidden }) => !hidden)
    .map(({ name }) => name)
    .sort((a, b) => rank(a) - rank(b))
    .filter(
      (name) =>
        distance(word.toLowerCase(), name.toLowerCase()) <= DISTANCE_MAX ||
        name.toLowerCase().startsWith(word.toLowerCase()),
    );
  const hint = near.length === 0 ? '' : `\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
  return `error: unknown command ${JSON.stringify(word)} for "kubectl"\n${hint}`;
}

/** Levenshtein's distance. */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
