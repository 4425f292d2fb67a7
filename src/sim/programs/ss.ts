import type { InstalledProgram } from '../kernel/installed-program.js';
import { getopt, OptionError } from '../kernel/libc/getopt.js';
import { print, printError } from '../kernel/libc/streams.js';
import type { Socket, Sys } from '../kernel/sys.js';
import type { Waiting } from '../kernel/wait.js';

const SPECS = [
  { short: 'n', long: 'numeric' },
  { short: 'l', long: 'listening' },
  { short: 'a', long: 'all' },
  { short: 't', long: 'tcp' },
  { short: 'u', long: 'udp' },
  { short: 'p', long: 'processes' },
  { short: 'H', long: 'no-header' },
  { short: '4', long: 'ipv4' },
  { short: '6', long: 'ipv6' },
  { short: 'e', long: 'extended' },
  { short: 'o', long: 'options' },
  { short: 'h', long: 'help' },
] as const;

const SERVICES: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  443: 'https',
  2379: 'etcd-client',
  2380: 'etcd-server',
};
/** How many connections may wait: what Go's listeners ask for, and sshd's. */
const BACKLOG = { go: 4096, sshd: 128 };

interface Row {
  readonly netid: string;
  readonly state: string;
  readonly backlog: string;
  readonly address: string;
  readonly port: string;
  readonly peer: string;
  readonly process: string;
}

function rowOf({ spec, process }: Socket, numeric: boolean, withProcess: boolean): Row {
  const { address = '0.0.0.0', port, protocol = 'tcp', application } = spec;
  // Go listens on IPv6 for both families, which ss shows as a star.
  const any = address === '0.0.0.0' && (application === 'http' || application === 'etcd') ? '*' : address;
  const descriptor = application === 'ssh' ? 3 : 7;
  return {
    netid: protocol,
    state: protocol === 'udp' ? 'UNCONN' : 'LISTEN',
    backlog: `${protocol === 'udp' ? 0 : application === 'ssh' ? BACKLOG.sshd : BACKLOG.go}`,
    address: any.includes(':') ? `[${any}]` : any,
    port: (numeric ? undefined : SERVICES[port]) ?? `${port}`,
    peer: any === '*' ? '*' : any.includes(':') ? '[::]' : '0.0.0.0',
    process: withProcess && process ? ` users:(("${process.name}",pid=${process.pid},fd=${descriptor}))` : '',
  };
}

/** Lays the rows out as ss does: addresses to the right of their column, ports to the left, by the colon between. */
function layOut(rows: readonly Row[], netid: boolean, header: boolean): string {
  const head: Row = {
    netid: 'Netid',
    state: 'State',
    backlog: 'Send-Q',
    address: 'Local Address',
    port: 'Port',
    peer: 'Peer Address',
    process: 'Process',
  };
  const all = header ? [head, ...rows] : rows;
  const width = (of: (row: Row) => string, least = 0) => Math.max(least, ...all.map((row) => of(row).length));
  const wide = {
    state: width(({ state }) => state, 6),
    address: width(({ address }) => address),
    port: width(({ port }) => port),
    peer: width(({ peer }) => peer),
    process: width(({ process }) => process),
  };
  return all
    .map((row) => {
      const received = row === head ? 'Recv-Q' : '0';
      const start = `${netid ? `${row.netid.padEnd(5)} ` : ''}${row.state.padEnd(wide.state)} ${received.padEnd(6)} ${row.backlog.padEnd(6)}`;
      const local = `${row.address.padStart(wide.address)}:${row.port.padEnd(wide.port)}`;
      const peer = `${row.peer.padStart(wide.peer)}:${(row === head ? 'Port' : '*').padEnd(header ? 4 : 1)}`;
      return `${start} ${local} ${peer}${row.process.padEnd(header ? 7 : 0)}\n`;
    })
    .join('');
}

function* run(sys: Sys): Waiting<number> {
  try {
    const { options } = getopt(sys.args.slice(1), SPECS);
    const has = (name: string) => options.some((option) => option.name === name);
    const both = has('tcp') === has('udp');
    const wanted = (protocol: string) =>
      protocol !== 'sctp' && (both || (protocol === 'udp' ? has('udp') : has('tcp')));
    const listening = has('listening') || has('all');
    const sockets = listening ? sys.sockets().filter(({ spec }) => wanted(spec.protocol ?? 'tcp')) : [];
    const rows = sockets.map((socket) => rowOf(socket, has('numeric'), has('processes')));
    rows.sort((one, other) => (one.netid === other.netid ? 0 : one.netid === 'udp' ? -1 : 1));
    yield* print(sys, layOut(rows, both, !has('no-header')));
    return 0;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    yield* printError(sys, `ss: ${error.message}\n`);
    return 255;
  }
}

/** ss: what listens on this machine. */
export const ss: InstalledProgram = { name: 'ss', paths: ['/usr/bin/ss'], run };
