import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Socket, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

const SPECS = [
  ...Array.from('aeilnprtuvwx46', (short) => ({ short })),
  { short: 'a', long: 'all' },
  { short: 'l', long: 'listening' },
  { short: 'n', long: 'numeric' },
  { short: 'p', long: 'programs' },
  { short: 't', long: 'tcp' },
  { short: 'u', long: 'udp' },
];

function row({ spec, process }: Socket, withProcess: boolean): string {
  const { address = '0.0.0.0', port, protocol = 'tcp', application } = spec;
  // Go listens on IPv6 for both families.
  const six = address === '0.0.0.0' && (application === 'http' || application === 'etcd');
  const local = `${six ? '::' : address}:${port}`;
  const name = `${protocol}${six ? '6' : ''}`;
  const state = protocol === 'udp' ? '' : 'LISTEN';
  const owner = withProcess ? `${process ? `${process.pid}/${process.name}` : '-'}`.padEnd(20) : '';
  return `${name.padEnd(5)}      0      0 ${local.padEnd(23)} ${`${six ? ':::' : '0.0.0.0:'}*`.padEnd(23)} ${state.padEnd(11)} ${owner}`.trimEnd();
}

function* run(sys: Sys): Waiting<number> {
  try {
    const { options } = getopt(sys.args.slice(1), SPECS);
    const has = (short: string, long: string) => options.some(({ name }) => name === short || name === long);
    const programs = has('p', 'programs');
    const both = has('t', 'tcp') === has('u', 'udp');
    const listening = has('l', 'listening') || has('a', 'all');
    const sockets = (listening ? sys.sockets() : []).filter(({ spec }) =>
      both ? spec.protocol !== 'sctp' : (spec.protocol ?? 'tcp') === (has('u', 'udp') ? 'udp' : 'tcp'),
    );
    sockets.sort((one, other) => Number(one.spec.protocol === 'udp') - Number(other.spec.protocol === 'udp'));
    const what = has('l', 'listening') ? 'only servers' : has('a', 'all') ? 'servers and established' : 'w/o servers';
    const head = `Active Internet connections (${what})\nProto Recv-Q Send-Q Local Address           Foreign Address         State       ${programs ? 'PID/Program name    ' : ''}`;
    yield* print(sys, [head, ...sockets.map((socket) => row(socket, programs))].map((line) => `${line}\n`).join(''));
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `netstat: ${error.message}\n`);
    return 3;
  }
}

/** netstat of net-tools: what listens on this machine. */
export const netstat: InstalledProgram = { name: 'netstat', paths: ['/usr/bin/netstat'], run };
