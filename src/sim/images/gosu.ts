import { isErrno } from '../kernel/errno.js';
import type { Credentials } from '../kernel/files.js';
import { credentialsOf, findGroup, findUser } from '../kernel/libc/accounts.js';
import { printError } from '../kernel/libc/streams.js';
import type { Program, Sys } from '../kernel/sys.js';

const PATH_FALLBACK = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** gosu (and su-exec): becomes another user, and then another program. What images' entrypoints step down with. */
export const gosu: Program = function* gosu(sys) {
  const [, who, ...command] = sys.args;
  const [name] = command;
  if (who === undefined || name === undefined) {
    yield* printError(sys, 'Usage: gosu user-spec command [args]\n');
    return 1;
  }
  const [user = '', group] = who.split(':');
  const account = findUser(sys, /^\d+$/.test(user) ? Number(user) : user);
  if (!account && !/^\d+$/.test(user)) {
    yield* printError(
      sys,
      `error: failed switching to "${who}": unable to find user ${user}: no matching entries in passwd file\n`,
    );
    return 1;
  }
  try {
    const base: Credentials = account ? credentialsOf(sys, account) : { uid: Number(user), gid: 0, groups: [] };
    const gid =
      group === undefined
        ? base.gid
        : (findGroup(sys, /^\d+$/.test(group) ? Number(group) : group)?.gid ?? Number(group));
    sys.setCredentials({ ...sys.credentials, ...base, gid });
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* printError(sys, `error: failed switching to "${who}": ${error.message.toLowerCase()}\n`);
    return 1;
  }
  sys.environment.set('HOME', account?.home ?? '/');
  const path = findInPath(sys, name);
  if (path === undefined) {
    yield* printError(sys, `error: exec: "${name}": executable file not found in $PATH\n`);
    return 1;
  }
  return yield* sys.exec(path, command);
};

/** Where a program lies; undefined when it is nowhere. */
export function findInPath(sys: Sys, name: string): string | undefined {
  const folders = name.includes('/')
    ? ['']
    : (sys.environment.get('PATH') ?? PATH_FALLBACK).split(':').map((folder) => `${folder}/`);
  for (const folder of folders) {
    try {
      sys.access(folder + name, { execute: true });
      if (sys.stat(folder + name).type !== 'directory') return folder + name;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return undefined;
}
