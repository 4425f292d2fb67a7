import type { CriContainerConfig } from '../../api/types/cri.js';
import { CriError } from '../../client/cri-client.js';
import type { Credentials } from '../../kernel/files.js';
import type { Container } from './state.js';

/** Who a container's processes are, as the pod or its image asks. */
export type AskedUser = Pick<
  CriContainerConfig,
  'user' | 'username' | 'group' | 'supplementalGroups' | 'supplementalGroupsPolicy'
>;

/**
 * A container's user: the name or number asked for, looked up in the image's own /etc/passwd; with it the groups that
 * /etc/group gives that user, unless the policy is Strict. Throws `CriError` for a name that nobody has.
 */
export function resolveUser(passwd: string, group: string, asked: AskedUser): Container['user'] {
  const entries = fieldsOf(passwd, 4);
  const entry = asked.username
    ? entries.find(([name]) => name === asked.username)
    : entries.find(([, , uid]) => uid === String(asked.user ?? 0));
  if (asked.username && !entry) throw new CriError('failed to create containerd container: no users found');
  const uid = entry ? Number(entry[2]) : (asked.user ?? 0);
  const gid = asked.group ?? Number(entry?.[3] ?? 0);
  const merged = asked.supplementalGroupsPolicy === 'Strict' ? [] : groupsOf(group, entry?.[0]);
  const groups = [...new Set([gid, ...merged, ...asked.supplementalGroups])];
  return { uid, gid, supplementalGroups: groups.sort((one, other) => one - other) };
}

/** The groups that name a user as a member, but for one of the user's own name. */
function groupsOf(group: string, user: string | undefined): number[] {
  if (user === undefined) return [];
  return fieldsOf(group, 4)
    .filter(([name, , , members = '']) => name !== user && members.split(',').includes(user))
    .map(([, , gid]) => Number(gid));
}

function fieldsOf(text: string, count: number): string[][] {
  return text
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= count);
}

/** Who a container's processes are to the kernel; `bounding` is what root among them may do, undefined for all. */
export function credentialsOf(
  { uid, gid, supplementalGroups: groups }: Container['user'],
  bounding: Credentials['bounding'],
  noNewPrivileges: boolean,
): Credentials {
  return { uid, gid, groups, ...(bounding ? { bounding } : {}), ...(noNewPrivileges ? { noNewPrivileges } : {}) };
}
