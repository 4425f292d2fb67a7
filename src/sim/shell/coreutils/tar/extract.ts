import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { Accounts } from '../accounts.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { directoryName } from '../dirname.js';
import { work } from '../io.js';
import { look } from '../paths.js';
import type { Member } from './format.js';
import { chosenMembers, memberLine } from './list.js';

/** Takes members out into the working directory. */
export function* extractMembers(context: Context, members: readonly Member[]): Waiting<void> {
  const accounts = new Accounts(context.sys);
  const strip = Number(context.value('strip-components') ?? 0);
  const late: (() => void)[] = [];
  let warned = false;
  for (const member of chosenMembers(context, members)) {
    yield* work(context.sys, member.content.length);
    let name = member.name;
    if (!context.has('absolute-names') && /^\/+/.test(name)) {
      if (!warned) context.warn("Removing leading `/' from member names");
      warned = true;
      name = name.replace(/^\/+/, '');
    }
    if (name.split('/').includes('..') && !context.has('absolute-names')) {
      context.fail(`${member.name}: Member name contains '..'`, 2);
      continue;
    }
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    if (parts.length <= strip && strip > 0) continue;
    const path = strip > 0 ? parts.slice(strip).join('/') : name.replace(/\/+$/, '') || '.';
    if (context.has('verbose'))
      context.print(`${context.options.count('verbose') > 1 ? memberLine(context, member) : member.name}\n`);
    if (context.has('to-stdout')) {
      if (member.kind === 'file') context.print(member.content);
      continue;
    }
    try {
      const place = make(context, member, path);
      if (place) late.push(() => attributes(context, accounts, member, path));
      if (place && member.kind !== 'directory') late.pop()?.();
    } catch (thrown) {
      context.fail(`${path}: Cannot ${member.kind === 'directory' ? 'mkdir' : 'open'}: ${reason(thrown)}`, 2);
    }
  }
  // Directories last: what is put into them changes their times.
  for (const finish of late.reverse()) finish();
}

/** False when what is there is kept. */
function make(context: Context, member: Member, path: string): boolean {
  const { sys } = context;
  makeParents(context, directoryName(path));
  const existing = look(sys, path, false);
  if (member.kind === 'directory') {
    if (existing?.type !== 'directory') sys.makeDirectory(path, 0o755);
    return true;
  }
  if (existing) {
    if (context.has('keep-old-files')) {
      context.fail(`${path}: Cannot open: File exists`, 2);
      return false;
    }
    sys.unlink(path);
  }
  if (member.kind === 'symlink') sys.symlink(member.target, path);
  else if (member.kind === 'link') sys.link(member.target, path);
  else sys.writeFile(path, member.content, 0o600);
  return true;
}

function makeParents(context: Context, directory: string): void {
  if (directory === '.' || directory === '/' || look(context.sys, directory)) return;
  makeParents(context, directoryName(directory));
  context.sys.makeDirectory(directory, 0o755);
}

function attributes(context: Context, accounts: Accounts, member: Member, path: string): void {
  const { sys } = context;
  const root = sys.credentials.uid === 0;
  if (root && !context.has('no-same-owner')) {
    const uid =
      (member.user && !context.has('numeric-owner') ? accounts.findUid(member.user) : undefined) ?? member.uid;
    const gid =
      (member.group && !context.has('numeric-owner') ? accounts.findGid(member.group) : undefined) ?? member.gid;
    sys.changeOwner(path, uid, gid, false);
  }
  if (member.kind === 'symlink' || member.kind === 'link') return;
  const keep = (root || context.has('preserve-permissions')) && !context.has('no-same-permissions');
  sys.changeMode(path, keep ? member.mode : member.mode & ~sys.umask() & 0o777);
  if (!context.has('touch')) sys.setTimes(path, sys.now(), member.modified * SECOND);
}
