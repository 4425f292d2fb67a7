import type { Flags } from '../cobra/flags.js';
import { CommandError } from '../errors.js';

const RBAC = 'rbac.authorization.k8s.io';

/** The subjects `--user`, `--group` and `--serviceaccount` name. */
export function subjectsOf(flags: Flags): object[] {
  const accounts = flags.list('serviceaccount').map((text) => {
    const parts = text.split(':');
    if (parts.length !== 2 || parts[1] === '') throw new CommandError('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name: parts[1], namespace: parts[0] };
  });
  const of = (kind: string, flag: string): object[] => flags.list(flag).map((name) => ({ kind, apiGroup: RBAC, name }));
  return [...of('User', 'user'), ...of('Group', 'group'), ...accounts];
}
