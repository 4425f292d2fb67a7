import { createHash } from 'node:crypto';
import { goJson } from '../../api/go-text.js';
import { printYaml } from '../../api/yaml/print.js';
import type { Dependency, Lock } from './chart.js';

/** Chart.lock as helm writes it. */
export function lockYaml({ generated, digest, dependencies }: Lock): string {
  return printYaml({ dependencies: dependencies.map(inOrder), digest, generated });
}

/** What a lock remembers of the wishes and of what they came to. */
export function requirementsDigest(wanted: readonly Dependency[], locked: readonly Dependency[]): string {
  const text = goJson([wanted.map(inOrder), locked.map(inOrder)]);
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** A dependency's fields in the order of Go's structure, empty ones left out. */
function inOrder(each: Dependency): object {
  return {
    name: each.name,
    ...(each.version ? { version: each.version } : {}),
    repository: each.repository ?? '',
    ...(each.condition ? { condition: each.condition } : {}),
    ...(each.tags?.length ? { tags: each.tags } : {}),
    ...(each.enabled ? { enabled: true } : {}),
    ...(each['import-values']?.length ? { 'import-values': each['import-values'] } : {}),
    ...(each.alias ? { alias: each.alias } : {}),
  };
}
