import { CommandError } from '../errors.js';
import type { Mapping } from './discovery.js';

/** Kinds of Kubernetes itself: kubectl knows their types, so they merge strategically, as custom ones do not. */
export function isBuiltIn({ group }: Pick<Mapping, 'group'>): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Throws what a verb says that wants its objects as types of its own. */
export function refuseCustom(mapping: Mapping): void {
  if (isBuiltIn(mapping)) return;
  const { kind, group, version } = mapping;
  throw new CommandError(
    `no kind "${kind}" is registered for version "${group}/${version}" in scheme "pkg/scheme/scheme.go:28"`,
  );
}
