import type { UserInfo } from '../../request/user-info.js';
import { accountName, nodeName } from './names.js';

/** One way of acting for somebody. Constrained ones need a right for what is done as well. */
export interface ImpersonationMode {
  readonly name: string;
  readonly constrained: boolean;
  /** Whether somebody may be asked for in this way at all. */
  applies(wanted: UserInfo, requestor: UserInfo): boolean;
}

const NODE_KEY = 'authentication.kubernetes.io/node-name';

/** The modes in the order in which they are tried (KEP 5284): the last is the one there always was. */
export const IMPERSONATION_MODES: readonly ImpersonationMode[] = [
  {
    name: 'associated-node',
    constrained: true,
    applies: (wanted, requestor) => {
      const node = nodeName(wanted.name);
      if (node === undefined || !onlyNamed(wanted) || !accountName(requestor.name)) return false;
      const own = requestor.extra?.[NODE_KEY] ?? [];
      return own.length === 1 && own[0] === node;
    },
  },
  {
    name: 'arbitrary-node',
    constrained: true,
    applies: (wanted) => onlyNamed(wanted) && nodeName(wanted.name) !== undefined,
  },
  {
    name: 'serviceaccount',
    constrained: true,
    applies: (wanted) => onlyNamed(wanted) && accountName(wanted.name) !== undefined,
  },
  {
    name: 'user-info',
    constrained: true,
    applies: ({ name }) => nodeName(name) === undefined && accountName(name) === undefined,
  },
  { name: 'legacy', constrained: false, applies: () => true },
];

function onlyNamed({ uid, groups, extra }: UserInfo): boolean {
  return !uid && groups.length === 0 && Object.keys(extra ?? {}).length === 0;
}
