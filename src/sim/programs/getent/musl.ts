import { type AddressFamily, hostsLines, resolveHost } from '../../client/resolver.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import { print, printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { type HostEntry, hostByAddress, hostByName } from './hosts.js';

const FILES: Readonly<Record<string, string>> = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  services: '/etc/services',
};
const ADDRESS_DATABASES: Readonly<Record<string, readonly AddressFamily[]>> = {
  ahosts: [4, 6],
  ahostsv4: [4],
  ahostsv6: [6],
};
const NOT_FOUND = 2;

/** getent, as Alpine's musl-utils has it (NetBSD's): one line a host, with its first address. */
function* run(sys: Sys): Waiting<number> {
  const [own = 'getent', database, ...keys] = sys.args;
  if (database === undefined) {
    yield* printError(sys, `Usage: ${own} database [key ...]\n`);
    return 1;
  }
  const families = ADDRESS_DATABASES[database];
  if (database === 'hosts' || (families && keys.length === 0)) return yield* hosts(sys, keys);
  if (families) return yield* allAddresses(sys, keys, families);
  const path = FILES[database];
  if (path === undefined) {
    yield* printError(sys, `Unknown database: ${database}\n`);
    return 1;
  }
  const lines = linesOf(sys, path);
  const found = keys.map((key) => lines.find((line) => line.split(/[:\s]/).includes(key)));
  const shown = keys.length === 0 ? lines : found.filter((line) => line !== undefined);
  yield* print(sys, shown.map((line) => `${line}\n`).join(''));
  return found.includes(undefined) ? NOT_FOUND : 0;
}

function* hosts(sys: Sys, keys: readonly string[]): Waiting<number> {
  if (keys.length === 0) {
    const all = hostsLines(sys).map(({ address, names: [name = '', ...aliases] }) => ({
      name,
      aliases: [name, ...aliases],
      addresses: [address],
    }));
    yield* print(sys, all.map(lineOf).join(''));
  }
  for (const key of keys) {
    const found = (yield* hostByAddress(sys, key)) ?? (yield* hostByName(sys, key));
    if (!found) return NOT_FOUND;
    // musl counts the name itself among the aliases, and the name that was asked for.
    const aliases = found.name === key ? [found.name] : [found.name, key];
    yield* print(sys, lineOf({ ...found, aliases }));
  }
  return 0;
}

/** What getaddrinfo(3) says: each address once for every kind of socket that musl knows services for. */
function* allAddresses(sys: Sys, keys: readonly string[], families: readonly AddressFamily[]): Waiting<number> {
  for (const key of keys) {
    const found = yield* resolveHost(sys, key, families, 'musl');
    if ('failure' in found) return NOT_FOUND;
    const lines = found.addresses.flatMap((address) =>
      ['STREAM', 'DGRAM'].map((socket) => `${address.padEnd(15)} ${socket.padEnd(6)} ${found.name}\n`),
    );
    yield* print(sys, lines.join(''));
  }
  return 0;
}

function lineOf({ name, aliases, addresses: [address = ''] }: HostEntry): string {
  return `${address.padEnd(16)}  ${name}  ${aliases.join(' ')}\n`;
}

function linesOf(sys: Sys, path: string): string[] {
  try {
    return decodeText(sys.readFile(path))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}

/** getent on Alpine. */
export const muslGetent: InstalledProgram = { name: 'musl-getent', paths: [], run };
