import type { FileStat } from '../../kernel/files.js';
import type { Program } from '../../kernel/sys.js';
import { Accounts } from './accounts.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { UsageError } from './options.js';
import { eachBelow } from './walk.js';

/** Who a file is to belong to; undefined stays as it is. */
interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

const OPTIONS = [
  'c changes : say what is changed',
  'f silent quiet : fewer messages',
  'v verbose : say everything',
  'dereference : what links lead to',
  'h no-dereference : the links themselves',
  'from=OWNER:GROUP : only what belongs to them',
  'no-preserve-root : treat / as any directory',
  'preserve-root : do not change / recursively',
  'reference=RFILE : as RFILE',
  'R recursive : directories with what is in them',
  'H : follow links among the operands',
  'L : follow all links',
  'P : follow no links',
];

/** `chown`: changes owner and group. */
export const chown: Program = ownerProgram(
  'chown',
  '[OPTION]... [OWNER][:[GROUP]] FILE...',
  'Change the owner and/or group of each FILE to OWNER and/or GROUP.',
  parseOwner,
);
/** `chgrp`: changes the group. */
export const chgrp: Program = ownerProgram(
  'chgrp',
  '[OPTION]... GROUP FILE...',
  'Change the group of each FILE to GROUP.',
  (context, accounts, text) => ({
    uid: undefined,
    gid: text === '' ? undefined : (accounts.findGid(text) ?? context.die(`invalid group: ${context.quote(text)}`)),
  }),
);

function ownerProgram(
  name: string,
  usage: string,
  summary: string,
  parse: (context: Context, accounts: Accounts, text: string) => Owner,
): Program {
  return command({ name, usage, summary, options: OPTIONS }, function* (context) {
    const accounts = new Accounts(context.sys);
    const reference = context.value('reference');
    const [first, ...rest] = context.operands;
    if (first === undefined) throw new UsageError('missing operand');
    const files = reference === undefined ? rest : context.operands;
    if (files.length === 0) throw new UsageError(`missing operand after ${context.quote(first)}`);
    const owner = reference === undefined ? parse(context, accounts, first) : ownerOf(context, reference);
    const from = context.value('from');
    const only = from === undefined ? undefined : parseOwner(context, accounts, from);
    yield* eachBelow(context, files, (path, stat) => {
      if (
        only &&
        ((only.uid !== undefined && only.uid !== stat.uid) || (only.gid !== undefined && only.gid !== stat.gid))
      )
        return;
      apply(context, accounts, path, stat, owner);
    });
    return undefined;
  });
}

function ownerOf(context: Context, path: string): Owner {
  try {
    return context.sys.stat(path);
  } catch (thrown) {
    return context.die(`failed to get attributes of ${context.quoteName(path)}: ${reason(thrown)}`);
  }
}

/** `user`, `user:group`, `user:` (his own group), `:group`, and the old `user.group`. */
function parseOwner(context: Context, accounts: Accounts, text: string): Owner {
  const separator = text.includes(':') ? ':' : accounts.findUid(text) === undefined && text.includes('.') ? '.' : '';
  const [userText = '', groupText] = separator
    ? [text.slice(0, text.indexOf(separator)), text.slice(text.indexOf(separator) + 1)]
    : [text, undefined];
  const uid =
    userText === '' ? undefined : (accounts.findUid(userText) ?? context.die(`invalid user: ${context.quote(text)}`));
  if (groupText === undefined) return { uid, gid: undefined };
  if (groupText === '')
    return {
      uid,
      gid:
        uid === undefined
          ? undefined
          : (accounts.user(uid)?.gid ?? context.die(`invalid spec: ${context.quote(text)}`)),
    };
  return { uid, gid: accounts.findGid(groupText) ?? context.die(`invalid group: ${context.quote(text)}`) };
}

function apply(context: Context, accounts: Accounts, path: string, stat: FileStat, owner: Owner): void {
  const group = context.spec.name === 'chgrp';
  const name = context.quoteName(path);
  try {
    const itself = stat.type === 'symlink' || context.has('no-dereference');
    context.sys.changeOwner(path, owner.uid, owner.gid, !itself);
  } catch (thrown) {
    if (context.has('silent')) context.status = 1;
    else
      context.fail(
        `changing ${group || owner.uid === undefined ? 'group' : 'ownership'} of ${name}: ${reason(thrown)}`,
      );
    return;
  }
  const uid = owner.uid ?? stat.uid;
  const gid = owner.gid ?? stat.gid;
  const changed = uid !== stat.uid || gid !== stat.gid;
  if (!context.has('verbose') && !(context.has('changes') && changed)) return;
  const onlyGroup = owner.uid === undefined;
  const show = (user: number, team: number) =>
    onlyGroup
      ? accounts.groupName(team)
      : owner.gid === undefined
        ? accounts.userName(user)
        : `${accounts.userName(user)}:${accounts.groupName(team)}`;
  const what = onlyGroup ? 'group' : 'ownership';
  context.print(
    changed
      ? `changed ${what} of ${name} from ${show(stat.uid, stat.gid)} to ${show(uid, gid)}\n`
      : `${what} of ${name} retained as ${show(uid, gid)}\n`,
  );
}
