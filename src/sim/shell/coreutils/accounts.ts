import type { Sys } from '../../kernel/sys.js';
import { bytesToText } from '../format/byte-text.js';

/** A line of /etc/passwd. */
export interface User {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly comment: string;
  readonly home: string;
  readonly shell: string;
}

/** A line of /etc/group. */
export interface Group {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** The accounts of the host, read when first asked for. */
export class Accounts {
  private users_: User[] | undefined;
  private groups_: Group[] | undefined;

  constructor(private readonly sys: Sys) {}

  get users(): readonly User[] {
    this.users_ ??= lines(this.sys, '/etc/passwd').map(
      ([name = '', , uid, gid, comment = '', home = '', shell = '']) => ({
        name,
        uid: Number(uid),
        gid: Number(gid),
        comment,
        home,
        shell,
      }),
    );
    return this.users_;
  }

  get groups(): readonly Group[] {
    this.groups_ ??= lines(this.sys, '/etc/group').map(([name = '', , gid, members = '']) => ({
      name,
      gid: Number(gid),
      members: members.split(',').filter((member) => member !== ''),
    }));
    return this.groups_;
  }

  user(uid: number): User | undefined {
    return this.users.find((user) => user.uid === uid);
  }

  /** The user's name, or the number when nobody has it. */
  userName(uid: number): string {
    return this.user(uid)?.name ?? String(uid);
  }

  /** The group's name, or the number when there is none. */
  groupName(gid: number): string {
    return this.groups.find((group) => group.gid === gid)?.name ?? String(gid);
  }

  /** By name, or by number when it is one. */
  findUid(text: string): number | undefined {
    return this.users.find((user) => user.name === text)?.uid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  }

  /** By name, or by number when it is one. */
  findGid(text: string): number | undefined {
    return this.groups.find((group) => group.name === text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  }

  /** The groups a user is in, his own first. */
  groupsOf(user: User): number[] {
    const others = this.groups.filter((group) => group.members.includes(user.name) && group.gid !== user.gid);
    return [user.gid, ...others.map(({ gid }) => gid)];
  }
}

function lines(sys: Sys, path: string): string[][] {
  try {
    return bytesToText(sys.readFile(path))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(':'));
  } catch {
    return [];
  }
}
