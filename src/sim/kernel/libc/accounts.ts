import { decodeText } from '../bytes.js';
import { isErrno } from '../errno.js';
import type { Credentials } from '../files.js';
import type { Sys } from '../sys.js';

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

function records(sys: Pick<Sys, 'readFile'>, path: string): string[][] {
  try {
    const text = decodeText(sys.readFile(path));
    return text.split('\n').flatMap((line) => (line === '' || line.startsWith('#') ? [] : [line.split(':')]));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** All users of the machine; none when /etc/passwd cannot be read. Lines that are no accounts are left out. */
export function users(sys: Pick<Sys, 'readFile'>): User[] {
  return records(sys, '/etc/passwd').flatMap(([name = '', , uid, gid, comment = '', home = '/', shell = '']) =>
    isNumber(uid) && isNumber(gid)
      ? [{ name, uid: Number(uid), gid: Number(gid), comment, home, shell: shell || '/bin/sh' }]
      : [],
  );
}

/** All groups of the machine; none when /etc/group cannot be read. */
export function groups(sys: Pick<Sys, 'readFile'>): Group[] {
  return records(sys, '/etc/group').flatMap(([name = '', , gid, members = '']) =>
    isNumber(gid) ? [{ name, gid: Number(gid), members: members.split(',').filter((member) => member !== '') }] : [],
  );
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^\d+$/.test(text);
}

/** The user with a name, or with a uid. */
export function findUser(sys: Pick<Sys, 'readFile'>, key: string | number): User | undefined {
  return users(sys).find(({ name, uid }) => (typeof key === 'string' ? name === key : uid === key));
}

/** The group with a name, or with a gid. */
export function findGroup(sys: Pick<Sys, 'readFile'>, key: string | number): Group | undefined {
  return groups(sys).find(({ name, gid }) => (typeof key === 'string' ? name === key : gid === key));
}

/** What a fresh login of a user may do: his own group first, then those that list him. */
export function credentialsOf(sys: Pick<Sys, 'readFile'>, user: User): Credentials {
  const others = groups(sys).filter(({ gid, members }) => gid !== user.gid && members.includes(user.name));
  return { uid: user.uid, gid: user.gid, groups: [user.gid, ...others.map(({ gid }) => gid)] };
}
