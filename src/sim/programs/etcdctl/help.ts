import { ETCD_VERSION } from '../../api/etcd-messages.js';
import type { Command } from './commands/command.js';

/** The options every command has, in the columns of etcdctl's help. */
const GLOBAL_OPTIONS = [
  ['      --cacert=""', 4, 'verify certificates of TLS-enabled secure servers using this CA bundle'],
  ['      --cert=""', 5, 'identify secure client using this TLS certificate file'],
  ['      --command-timeout=5s', 3, 'timeout for short running command (excluding dial timeout)'],
  ['      --debug[=false]', 4, 'enable client-side debug logging'],
  ['      --dial-timeout=2s', 4, 'dial timeout for client connections'],
  ['  -d, --discovery-srv=""', 3, 'domain name to query for SRV records describing cluster endpoints'],
  ['      --discovery-srv-name=""', 3, 'service name to query when using DNS discovery'],
  ['      --endpoints=[127.0.0.1:2379]', 2, 'gRPC endpoints'],
  ['      --hex[=false]', 4, 'print byte strings as hex encoded strings'],
  ['      --insecure-discovery[=true]', 2, 'accept insecure SRV records describing cluster endpoints'],
  [
    '      --insecure-skip-tls-verify[=false]',
    1,
    'skip server certificate verification (CAUTION: this option should be enabled only for testing purposes)',
  ],
  ['      --insecure-transport[=true]', 2, 'disable transport security for client connections'],
  ['      --keepalive-time=2s', 3, 'keepalive time for client connections'],
  ['      --keepalive-timeout=6s', 3, 'keepalive timeout for client connections'],
  ['      --key=""', 5, 'identify secure client using this TLS key file'],
  ['      --max-recv-bytes=0', 3, 'client-side response receive limit in bytes (if 0, it defaults to "math.MaxInt32")'],
  [
    '      --max-request-bytes=0',
    3,
    'client-side request send limit in bytes (if 0, it defaults to 2.0 MiB (2 * 1024 * 1024).)',
  ],
  [
    '      --password=""',
    4,
    "password for authentication (if this option is used, --user option shouldn't include password)",
  ],
  ['      --user=""', 5, 'username[:password] for authentication (prompt if password is not supplied)'],
  ['  -w, --write-out="simple"', 3, 'set the output format (fields, json, protobuf, simple, table)'],
] as const;

const ROOT_HELP_LINE = '  -h, --help[=false]\t\t\t\thelp for etcdctl';

function globalLines(extra?: string): string {
  const lines: string[] = GLOBAL_OPTIONS.map(([option, tabs, text]) => `${option}${'\t'.repeat(tabs)}${text}`);
  // The list is sorted by name: `help` stands before `hex`.
  if (extra !== undefined) lines.splice(8, 0, extra);
  return lines.map((line) => `${line}\n`).join('');
}

/** The help of etcdctl itself. */
export function rootHelp(commands: readonly Command[]): string {
  const list = commands
    .map(({ name, summary }) => `  ${name.padEnd(16)}\t\t${summary}\n`)
    .sort()
    .join('');
  return `NAME:
  etcdctl - A simple command line client for etcd3.

USAGE:
  etcdctl [flags]

VERSION:
  ${ETCD_VERSION}

API VERSION:
  3.6

COMMANDS:
${list}
OPTIONS:
${globalLines(ROOT_HELP_LINE)}
`;
}

/** The help of one command. */
export function commandHelp({ name, summary, usage, options }: Command): string {
  const last = name.split(' ').at(-1) as string;
  const own = options ?? [`  -h, --help[=false]\thelp for ${last}`];
  return `NAME:
  ${name} - ${summary}

USAGE:
  etcdctl ${name} ${usage}

OPTIONS:
${own.join('\n')}

GLOBAL OPTIONS:
${globalLines()}
`;
}

const GROUPS: Readonly<Record<string, string>> = {
  alarm: 'Alarm related commands',
  endpoint: 'Endpoint related commands',
  member: 'Membership related commands',
  snapshot: 'Manages etcd node snapshots',
};

/** The help of a group of commands (`snapshot`), or undefined when there is none of that name. */
export function groupHelp(group: string, commands: readonly Command[]): string | undefined {
  const summary = GROUPS[group];
  if (summary === undefined) return undefined;
  const inside = commands.filter(({ name }) => name.startsWith(`${group} `));
  const list = inside.map((command) => `  ${command.name.slice(group.length + 1)}\t${command.summary}\n`).join('');
  return `NAME:
  ${group} - ${summary}

USAGE:
  etcdctl ${group} <subcommand> [flags]

API VERSION:
  3.6

COMMANDS:
${list}
OPTIONS:
  -h, --help[=false]\thelp for ${group}

GLOBAL OPTIONS:
${globalLines()}
`;
}
