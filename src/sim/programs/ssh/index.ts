import type { InstalledProgram } from '../../kernel/installed-program.js';
import type { OptionSpec } from '../../kernel/libc/getopt.js';
import { getopt, OptionError } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Sys } from '../../kernel/sys.js';
import type { Waiting } from '../../kernel/wait.js';
import { connectTo, NoConnection } from './connect.js';
import type { Settings } from './destination.js';
import { splitDestination } from './destination.js';
import { RemoteSession } from './remote-session.js';

const FLAGS = '46AaCfGgKkMNnqsTtVvXxYy';
const WITH_VALUE = 'BbcDEeFIiJLlmOopQRSWw';
const SPECS: readonly OptionSpec[] = [
  ...Array.from(FLAGS, (short) => ({ short })),
  ...Array.from(WITH_VALUE, (short) => ({ short, argument: 'required' as const })),
];

const USAGE = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface] [-b bind_address]
           [-c cipher_spec] [-D [bind_address:]port] [-E log_file]
           [-e escape_char] [-F configfile] [-I pkcs11] [-i identity_file]
           [-J destination] [-L address] [-l login_name] [-m mac_spec]
           [-O ctl_cmd] [-o option] [-P tag] [-p port] [-R address]
           [-S ctl_path] [-W host:port] [-w local_tun[:remote_tun]]
           destination [command [argument ...]]
       ssh [-Q query_option]
`;

const FAILED = 255;

interface Line {
  readonly host: string;
  readonly settings: Settings;
  readonly command: string | undefined;
  readonly counts: ReadonlyMap<string, number>;
}

/** Reads the command line: options may also stand after the destination, before the command. Throws `OptionError`. */
function parseLine(args: readonly string[]): Line | undefined {
  const before = getopt(args, SPECS, true);
  const [destination, ...rest] = before.operands;
  if (destination === undefined) return undefined;
  const after = getopt(rest, SPECS, true);
  const settings: Settings = new Map();
  const set = (name: string, value: string) => settings.has(name) || settings.set(name, value);
  const counts = new Map<string, number>();
  const names: Readonly<Record<string, string>> = { i: 'identityfile', l: 'user', p: 'port' };
  for (const { name, value } of [...before.options, ...after.options]) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (value === undefined) continue;
    const known = names[name];
    if (known) set(known, value);
    else if (name === 'o') {
      const [, key = '', text = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/.exec(value) ?? [];
      if (key === '') throw new OptionError(`command-line: line 0: Bad configuration option: ${value}`);
      set(key.toLowerCase(), text);
    }
  }
  const { user, host, port } = splitDestination(destination);
  if (user !== undefined) settings.set('user', user);
  if (port !== undefined) set('port', port);
  const command = after.operands.length > 0 ? after.operands.join(' ') : undefined;
  return { host, settings, command, counts };
}

function* run(sys: Sys): Waiting<number> {
  let line: Line | undefined;
  try {
    line = parseLine(sys.args.slice(1));
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    const bad = /^command-line/.test(error.message);
    yield* printError(
      sys,
      bad ? `${error.message}\n` : `${error.message.replace('invalid option', 'unknown option')}\n${USAGE}`,
    );
    return FAILED;
  }
  if (line?.counts.has('V') || sys.args[1] === '-V') {
    yield* printError(sys, 'OpenSSH_9.6p1 Ubuntu-3ubuntu13.14, OpenSSL 3.0.13 30 Jan 2024\n');
    return 0;
  }
  if (!line) {
    yield* printError(sys, USAGE);
    return FAILED;
  }
  return yield* connectAndRun(sys, line);
}

function* connectAndRun(sys: Sys, { host, settings, command, counts }: Line): Waiting<number> {
  const quiet = counts.has('q');
  const onTerminal = sys.terminal(0) !== undefined;
  const forced = counts.get('t') ?? 0;
  const wantsTerminal = !counts.has('T') && (command === undefined || forced > 0);
  const terminal = wantsTerminal && (onTerminal || forced > 1);
  try {
    const server = yield* connectTo(sys, host, settings);
    if (wantsTerminal && !terminal && !quiet) {
      yield* printError(sys, 'Pseudo-terminal will not be allocated because stdin is not a terminal.\n');
    }
    const input = !counts.has('n') && !counts.has('f');
    return yield* new RemoteSession(sys, server, { command, terminal, input, quiet }).run();
  } catch (error) {
    if (!(error instanceof NoConnection)) throw error;
    if (!quiet || error.message.includes('denied'))
      yield* printError(sys, `${error.message.replaceAll('\r\n', '\n')}\n`);
    return FAILED;
  }
}

/** ssh: a shell or a command on another machine. */
export const ssh: InstalledProgram = { name: 'ssh', paths: ['/usr/bin/ssh'], run };
