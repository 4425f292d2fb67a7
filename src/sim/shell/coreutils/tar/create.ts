import type { FileStat } from '../../../kernel/files.js';
import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { bytesToText } from '../../format/byte-text.js';
import { Accounts } from '../accounts.js';
import type { Context } from '../command.js';
import { reason } from '../command.js';
import { compileGlob } from '../glob.js';
import { readAll } from '../io.js';
import { joinPath, look, namesIn } from '../paths.js';
import type { Member } from './format.js';
import { memberLine } from './list.js';

/** Reads the operands as members of a new archive; `archive` itself is left out. */
export function* createMembers(context: Context, archive: string): Waiting<Member[]> {
  const members: Member[] = [];
  const gathering = new Gathering(context, members, look(context.sys, archive));
  const list = context.value('files-from');
  const listed =
    list === undefined
      ? []
      : bytesToText(list === '-' ? yield* readAll(context.sys, 0) : context.sys.readFile(list))
          .split('\n')
          .filter((name) => name !== '');
  for (const path of [...context.operands, ...listed]) yield* gathering.add(path);
  return members;
}

class Gathering {
  private readonly accounts: Accounts;
  private readonly excluded: readonly RegExp[];
  private readonly linked = new Map<string, string>();
  private warned = false;

  constructor(
    private readonly context: Context,
    private readonly members: Member[],
    private readonly archive: FileStat | undefined,
  ) {
    this.accounts = new Accounts(context.sys);
    this.excluded = context.options.values('exclude').map((glob) => compileGlob(glob.replace(/\/$/, '')));
  }

  *add(path: string): Waiting<void> {
    const { context } = this;
    const { sys } = context;
    if (this.isExcluded(path)) return;
    try {
      const stat = context.has('dereference') ? sys.stat(path) : sys.lstat(path);
      if (this.archive && stat.inode === this.archive.inode && stat.device === this.archive.device) {
        context.warn(`${path}: file is the archive; not dumped`);
        return;
      }
      if (stat.type === 'socket') {
        context.warn(`${path}: socket ignored`);
        return;
      }
      const content = stat.type === 'file' ? yield* this.content(path) : new Uint8Array(0);
      this.push(path, stat, content);
      if (stat.type !== 'directory' || context.has('no-recursion')) return;
      for (const name of namesIn(sys, path)) yield* this.add(joinPath(path, name));
    } catch (thrown) {
      context.fail(`${path}: Cannot ${look(sys, path, false) ? 'open' : 'stat'}: ${reason(thrown)}`, 2);
    }
  }

  private *content(path: string): Waiting<Uint8Array> {
    const descriptor = this.context.sys.open(path, { read: true });
    const bytes = yield* readAll(this.context.sys, descriptor);
    this.context.sys.close(descriptor);
    return bytes;
  }

  private isExcluded(path: string): boolean {
    const base = path.slice(path.lastIndexOf('/') + 1);
    return this.excluded.some((glob) => glob.test(path) || glob.test(base) || glob.test(path.replace(/^\.\//, '')));
  }

  private push(path: string, stat: FileStat, content: Uint8Array): void {
    const { context } = this;
    const name = this.memberName(path) + (stat.type === 'directory' && !path.endsWith('/') ? '/' : '');
    const key = `${stat.device}:${stat.inode}`;
    const first = stat.links > 1 && stat.type === 'file' ? this.linked.get(key) : undefined;
    if (!first) this.linked.set(key, name);
    const member: Member = {
      name,
      kind: first ? 'link' : stat.type === 'directory' ? 'directory' : stat.type === 'symlink' ? 'symlink' : 'file',
      mode: stat.mode,
      uid: stat.uid,
      gid: stat.gid,
      user: context.has('numeric-owner') ? '' : this.nameOf(this.accounts.userName(stat.uid), context.value('owner')),
      group: context.has('numeric-owner') ? '' : this.nameOf(this.accounts.groupName(stat.gid), context.value('group')),
      modified: Math.floor(stat.modified / SECOND),
      target: first ?? (stat.type === 'symlink' ? context.sys.readLink(path) : ''),
      content: first ? new Uint8Array(0) : content,
    };
    this.members.push(member);
    if (context.has('verbose')) {
      const toError = (context.value('file') ?? '-') === '-';
      context.output.add(
        toError ? 2 : 1,
        `${context.options.count('verbose') > 1 ? memberLine(context, member) : name}\n`,
      );
    }
  }

  private nameOf(name: string, given: string | undefined): string {
    return given?.split(':')[0] ?? (/^\d+$/.test(name) ? '' : name);
  }

  /** Members are relative: what leads out of the archive is left out, once with a word about it. */
  private memberName(path: string): string {
    if (this.context.has('absolute-names')) return path;
    const prefix = /^(?:.*\/)?\.\.\/|^\/+/.exec(path)?.[0] ?? '';
    if (prefix === '') return path;
    if (!this.warned) this.context.warn(`Removing leading \`${prefix}' from member names`);
    this.warned = true;
    return path.slice(prefix.length) || './';
  }
}
