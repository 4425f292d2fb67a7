import type { Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import { command } from './command.js';
import { identityOf, ownIdentity } from './id.js';

/** `groups`: the groups somebody is in. */
export const groups: Program = command(
  {
    name: 'groups',
    usage: '[OPTION]... [USERNAME]...',
    summary: 'Print group memberships for each USERNAME or the current process.',
  },
  (context) => {
    const accounts = new Accounts(context.sys);
    const names = (gids: readonly number[]) => gids.map((gid) => accounts.groupName(gid)).join(' ');
    if (context.operands.length === 0) context.print(`${names(ownIdentity(context).groups)}\n`);
    for (const name of context.operands) {
      const identity = identityOf(accounts, name);
      if (identity) context.print(`${name} : ${names(identity.groups)}\n`);
      else context.fail(`${context.quote(name)}: no such user`);
    }
    return undefined;
  },
);
