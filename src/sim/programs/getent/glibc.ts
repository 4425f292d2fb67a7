import { hostsLines, type ResolvedHost, resolveHost } from '../../client/resolver.js';
import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Context } from '../../shell/coreutils/command.js';
import { command } from '../../shell/coreutils/command.js';
import { bytesToText } from '../../shell/format/byte-text.js';
import { hostByAddress, hostByName } from './hosts.js';

const FILES: Readonly<Record<string, string>> = {
  passwd: '/etc/passwd',
  group: '/etc/group',
  shadow: '/etc/shadow',
  services: '/etc/services',
  protocols: '/etc/protocols',
};

const SOCKETS = ['STREAM', 'DGRAM', 'RAW'];

/** getent, as the GNU C library has it: entries of the system's databases; hosts are asked of DNS, too. */
export const getent: InstalledProgram = {
  name: 'getent',
  paths: ['/usr/bin/getent'],
  run: command(
    {
      name: 'getent',
      usage: '[OPTION...] database [key ...]',
      summary: 'Get entries from administrative database.',
      version: '(GNU libc) 2.36',
      options: ['i no-idn : (ignored)', 's service=CONFIG : (ignored)'],
    },
    function* (context): Waiting<number | undefined> {
      const [database, ...keys] = context.operands;
      if (database === undefined) return context.die('wrong number of arguments');
      if (database === 'hosts') return yield* hosts(context, keys);
      if (database.startsWith('ahosts')) return yield* allAddresses(context, database, keys);
      const path = FILES[database];
      if (!path) {
        context.output.add(2, `Unknown database: ${database}\n`);
        context.print(`Try \`${context.name} --help' or \`${context.name} --usage' for more information.\n`);
        return 1;
      }
      const lines = linesOf(context, path);
      if (keys.length === 0) for (const line of lines) context.print(`${line}\n`);
      for (const key of keys) {
        const line = lines.find((entry) => matches(entry, key));
        if (line === undefined) context.status = 2;
        else context.print(`${line}\n`);
      }
      return undefined;
    },
  ),
};

function matches(line: string, key: string): boolean {
  const fields = line.split(/[:\s]+/);
  return fields[0] === key || (/^\d+$/.test(key) && line.split(':')[2] === key);
}

function linesOf(context: Context, path: string): string[] {
  try {
    return bytesToText(context.sys.readFile(path))
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}

/** Each host on a line for every address; without keys, all that /etc/hosts knows. */
function* hosts(context: Context, keys: readonly string[]): Waiting<number> {
  const { sys } = context;
  const show = (address: string, names: readonly string[]) =>
    context.print(`${address.padEnd(15)} ${names.join(' ')}\n`);
  if (keys.length === 0) for (const { address, names } of hostsLines(sys)) show(address, names);
  let status = 0;
  for (const key of keys) {
    const found = (yield* hostByAddress(sys, key)) ?? (yield* hostByName(sys, key));
    if (found) for (const address of found.addresses) show(address, [found.name, ...found.aliases]);
    else status = 2;
  }
  return status;
}

/** What getaddrinfo(3) says: each address three times, the name beside the first. */
function* allAddresses(context: Context, database: string, keys: readonly string[]): Waiting<number> {
  const { sys } = context;
  const families = database === 'ahostsv4' ? [4 as const] : database === 'ahostsv6' ? [6 as const] : undefined;
  let status = 0;
  for (const key of keys) {
    const found: ResolvedHost | { failure: unknown } = yield* resolveHost(sys, key, families);
    if ('failure' in found) {
      status = 2;
      continue;
    }
    found.addresses.forEach((address, at) => {
      SOCKETS.forEach((socket, kind) => {
        const name = at === 0 && kind === 0 ? found.name : '';
        context.print(`${address.padEnd(15)} ${socket.padEnd(6)} ${name}\n`);
      });
    });
  }
  return status;
}
