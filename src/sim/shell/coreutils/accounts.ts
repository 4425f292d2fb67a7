import { type Group, groups, type User, users } from '../../kernel/libc/accounts.js';
import type { Sys } from '../../kernel/sys.js';

/** The accounts of the host, read when first asked for. */
export class Accounts {
  private users_: readonly User[] | undefined;
  private groups_: readonly Group[] | undefined;

  constructor(private readonly sys: Sys) {}

  get users(): readonly User[] {
    this.users_ ??= users(this.sys);
    return this.users_;
  }

  get groups(): readonly Group[] {
    this.groups_ ??= groups(this.sys);
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
