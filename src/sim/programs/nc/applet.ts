import { joinHostPort } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { getopt, OptionError, type ParsedOption } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { preferredAddress } from '../busybox/preferred-address.js';
import { carry } from './carry.js';
import { portOf } from './ports.js';
import { runProgram } from './run-program.js';

const USAGE = `BusyBox v1.36.1 (2023-05-18 22:34:17 UTC) multi-call binary.

Usage: nc [OPTIONS] HOST PORT  - connect
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

	-e PROG	Run PROG after connect (must be last)
	-l	Listen mode, for inbound connects
	-lk	With -e, provides persistent server
	-p PORT	Local port
	-s ADDR	Local address
	-w SEC	Timeout for connects and final net reads
	-i SEC	Delay interval for lines sent
	-n	Don't do DNS resolution
	-u	UDP mode
	-b	Allow broadcasts
	-v	Verbose
	-o FILE	Hex dump traffic
	-z	Zero-I/O mode (scanning)
`;
const SPECS = [
  ...Array.from('nubvlkz', (short) => ({ short })),
  ...Array.from('pswio', (short) => ({ short, argument: 'required' as const })),
];
/** Where the wait for an answer to a UDP packet goes by connecting to a port that refuses. */
const UDP_SCAN_WAIT = 5 * SECOND;

/** An ending with words on standard error. */
class Failure extends Error {}

interface Line {
  readonly count: (name: string) => number;
  readonly value: (name: string) => string | undefined;
  readonly operands: readonly string[];
  readonly command: readonly string[] | undefined;
  readonly wait: Micros | undefined;
}

/** nc as busybox has it (nc-1.10's ways). Refusals are only told with `-v -v`; the status tells them always. */
export function* busyboxNc(sys: Sys): Waiting<number> {
  try {
    const line = parseLine(sys);
    return line.count('l') + line.count('k') > 0 ? yield* serve(sys, line) : yield* dial(sys, line);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    yield* printError(sys, error.message);
    return 1;
  }
}

function parseLine(sys: Sys): Line {
  const args = sys.args.slice(1);
  const at = args.findIndex((arg) => /^-[nuvlkz]*e$/.test(arg));
  const command = at < 0 ? undefined : args.slice(at + 1);
  const flags = at < 0 ? args : [...args.slice(0, at), ...(args[at] === '-e' ? [] : [args[at]?.slice(0, -1) ?? ''])];
  let options: readonly ParsedOption[];
  let operands: readonly string[];
  try {
    ({ options, operands } = getopt(flags, SPECS));
  } catch (error) {
    if (error instanceof OptionError) throw new Failure(`nc: ${error.message}\n${USAGE}`);
    throw error;
  }
  if (operands.length > 2) throw new Failure(USAGE);
  const value = (name: string) => options.findLast((option) => option.name === name)?.value;
  const seconds = value('w');
  if (seconds !== undefined && !/^\d+$/.test(seconds)) throw new Failure(`nc: invalid number '${seconds}'\n`);
  return {
    count: (name) => options.filter((option) => option.name === name).length,
    value,
    operands,
    command,
    wait: seconds === undefined || Number(seconds) === 0 ? undefined : Number(seconds) * SECOND,
  };
}

function* dial(sys: Sys, line: Line): Waiting<number> {
  const [host, word] = line.operands;
  if (host === undefined) throw new Failure(USAGE);
  const port = word === undefined ? 0 : portOf(sys, word);
  if (port === undefined) throw new Failure(`nc: bad port '${word}'\n`);
  const found = yield* resolveHost(sys, host);
  if ('failure' in found) throw new Failure(`nc: bad address '${host}'\n`);
  const address = preferredAddress(sys, found.addresses);
  const verbose = line.count('v');
  const shown = `${host} (${joinHostPort(address, port)})`;
  let status = 0;
  try {
    const connection =
      line.count('u') > 0
        ? yield* dialUdp(sys, line, address, port)
        : yield* sys.connect({ address, port, name: host }, line.wait);
    if (verbose > 0) yield* printError(sys, `${shown} open\n`);
    if (connection && line.command) return yield* runProgram(sys, connection, line.command);
    if (connection && line.count('z') === 0) {
      status = yield* carry(sys, connection, { idle: line.wait, quitAtEnd: false, shutdown: true });
    }
    connection?.close();
  } catch (error) {
    if (!isErrno(error)) throw error;
    status = 1;
    if (verbose > 1 || (verbose > 0 && error.code !== 'ECONNREFUSED')) {
      yield* printError(sys, `nc: ${shown}: ${error.message}\n`);
    }
  }
  if (verbose > 1) yield* printError(sys, 'sent 0, rcvd 0\n');
  return status;
}

/** A packet that nobody refuses has arrived, as far as anybody can tell: undefined when it was lost. */
function* dialUdp(sys: Sys, line: Line, address: string, port: number): Waiting<Connection | undefined> {
  const span = line.wait ?? UDP_SCAN_WAIT;
  try {
    const connection = yield* sys.connect({ address, port, protocol: 'udp' }, span);
    if (line.count('z') > 0 && line.wait !== undefined) yield* sys.sleep(span);
    return connection;
  } catch (error) {
    if (isErrno(error, 'ETIMEDOUT', 'EHOSTUNREACH')) return undefined;
    throw error;
  }
}

function* serve(sys: Sys, line: Line): Waiting<number> {
  const word = line.value('p') ?? '0';
  const port = portOf(sys, word);
  if (port === undefined) throw new Failure(`nc: bad port '${word}'\n`);
  const address = line.value('s') ?? '0.0.0.0';
  const listener = open(sys, address, port, line.count('u') > 0);
  const verbose = line.count('v') > 0;
  if (verbose) yield* printError(sys, `listening on ${address === '0.0.0.0' ? '[::]' : address}:${port} ...\n`);
  const persistent = line.count('k') > 0 || line.count('l') > 1;
  for (;;) {
    const connection = yield* listener.accept();
    if (verbose) {
      const { local, peer } = connection;
      const from = `${peer.address} (${peer.address}:${peer.port})`;
      yield* printError(sys, `connect to ${local.address}:${local.port} from ${from}\n`);
    }
    if (persistent && line.command) {
      const { command } = line;
      sys.thread(function* () {
        yield* runProgram(sys, connection, command);
      });
      continue;
    }
    listener.close();
    if (line.command) return yield* runProgram(sys, connection, line.command);
    return yield* carry(sys, connection, { idle: line.wait, quitAtEnd: false, shutdown: true });
  }
}

function open(sys: Sys, address: string, port: number, udp: boolean): Listener {
  try {
    return sys.listen({ address, port, application: 'raw', protocol: udp ? 'udp' : 'tcp' });
  } catch (error) {
    if (isErrno(error)) throw new Failure(`nc: bind: ${error.message}\n`);
    throw error;
  }
}
