import type { Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import type { Context } from './command.js';
import { command } from './command.js';
import { UsageError } from './options.js';

interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
}

/** `id`: who somebody is. */
export const id: Program = command(
  {
    name: 'id',
    usage: '[OPTION]... [USER]...',
    summary: 'Print user and group information for each USER, or for the current process.',
    options: [
      'a : (ignored)',
      'Z context : (not known here)',
      'g group : only the group',
      'G groups : all groups',
      'n name : names instead of numbers, for -ugG',
      'r real : (ignored)',
      'u user : only the user',
      'z zero : NUL between entries',
    ],
  },
  (context) => {
    const accounts = new Accounts(context.sys);
    const chosen = ['user', 'group', 'groups'].filter((key) => context.has(key));
    if (chosen.length > 1) throw new UsageError('cannot print "only" of more than one choice', { hint: false });
    if (chosen.length === 0 && (context.has('name') || context.has('real')))
      throw new UsageError('cannot print only names or real IDs in default format', { hint: false });
    if (chosen.length === 0 && context.has('zero'))
      throw new UsageError('option --zero not permitted in default format', { hint: false });
    if (context.operands.length === 0) show(context, accounts, ownIdentity(context), chosen[0]);
    for (const name of context.operands) {
      const identity = identityOf(accounts, name);
      if (identity) show(context, accounts, identity, chosen[0]);
      else context.fail(`${context.quote(name)}: no such user`);
    }
    return undefined;
  },
);

/** Who runs this process; his own group first, but for busybox, which tells them as the kernel does. */
export function ownIdentity(context: Context): Identity {
  const { uid, gid, groups } = context.sys.credentials;
  if (context.isApplet && groups.length > 0) return { uid, gid, groups };
  return { uid, gid, groups: [gid, ...groups.filter((group) => group !== gid)] };
}

/** An account by name or number. */
export function identityOf(accounts: Accounts, name: string): Identity | undefined {
  const uid = accounts.findUid(name);
  const user = uid === undefined ? undefined : accounts.user(uid);
  return user ? { uid: user.uid, gid: user.gid, groups: accounts.groupsOf(user) } : undefined;
}

function show(context: Context, accounts: Accounts, identity: Identity, only: string | undefined): void {
  const end = context.has('zero') ? '\0' : '\n';
  const named = context.has('name');
  const group = (gid: number) => (named ? accounts.groupName(gid) : String(gid));
  if (only === 'user') context.print((named ? accounts.userName(identity.uid) : String(identity.uid)) + end);
  else if (only === 'group') context.print(group(identity.gid) + end);
  else if (only === 'groups') context.print(identity.groups.map(group).join(context.has('zero') ? '\0' : ' ') + end);
  else {
    const label = (number: number, name: string) => (name === String(number) ? String(number) : `${number}(${name})`);
    const groups = identity.groups.map((gid) => label(gid, accounts.groupName(gid))).join(',');
    context.print(
      `uid=${label(identity.uid, accounts.userName(identity.uid))} gid=${label(identity.gid, accounts.groupName(identity.gid))} groups=${groups}\n`,
    );
  }
}
