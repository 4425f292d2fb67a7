import { resolveHost } from '../../client/resolver.js';
import { isErrno } from '../../kernel/errno.js';
import { getopt, OptionError, type ParsedOption } from '../../kernel/libc/getopt.js';
import { printError } from '../../kernel/libc/streams.js';
import type { Connection, Listener } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { carry } from './carry.js';
import { portOf, serviceOf } from './ports.js';

const USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
	  [destination] [port]
`;
const SPECS = [
  ...Array.from('46bCDdFhklNnrStUuvZz', (short) => ({ short })),
  ...Array.from('IiMmOPpqsTVWwXx', (short) => ({ short, argument: 'required' as const })),
];
const UDP_SCAN_SECONDS = 3;

/** An ending with words on standard error. */
class Failure extends Error {}

interface Line {
  readonly has: (name: string) => boolean;
  readonly value: (name: string) => string | undefined;
  readonly operands: readonly string[];
  /** Seconds; undefined: no limit. */
  readonly seconds: number | undefined;
}

/** nc of netcat-openbsd. */
export function* openbsdNc(sys: Sys): Waiting<number> {
  try {
    const line = parseLine(sys);
    if (line.has('h')) {
      yield* printError(sys, `OpenBSD netcat (Debian patchlevel 1.226-1ubuntu2)\n${USAGE}`);
      return 0;
    }
    return line.has('l') ? yield* serve(sys, line) : yield* scan(sys, line);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    yield* printError(sys, error.message);
    return 1;
  }
}

function parseLine(sys: Sys): Line {
  let options: readonly ParsedOption[];
  let operands: readonly string[];
  try {
    ({ options, operands } = getopt(sys.args.slice(1), SPECS));
  } catch (error) {
    if (error instanceof OptionError) throw new Failure(`nc: ${error.message}\n${USAGE}`);
    throw error;
  }
  const value = (name: string) => options.findLast((option) => option.name === name)?.value;
  const given = value('w');
  if (given !== undefined && !/^\d+$/.test(given)) throw new Failure(`nc: timeout invalid: ${given}\n`);
  return {
    has: (name) => options.some((option) => option.name === name),
    value,
    operands,
    seconds: given === undefined ? undefined : Number(given),
  };
}

function* scan(sys: Sys, line: Line): Waiting<number> {
  const [host, word, ...rest] = line.operands;
  if (host === undefined || rest.length > 0) throw new Failure(USAGE);
  if (word === undefined) throw new Failure('nc: missing port number\n');
  const ports = portsOf(sys, word);
  const families = line.has('6') ? [6 as const] : line.has('4') ? [4 as const] : undefined;
  const found = yield* resolveHost(sys, host, families);
  if ('failure' in found) {
    const temporary = found.failure !== 'not-found' && found.failure !== 'no-data';
    const reason = temporary ? 'Temporary failure in name resolution' : 'Name or service not known';
    throw new Failure(`nc: getaddrinfo for host "${host}" port ${word}: ${reason}\n`);
  }
  let status = 1;
  for (const port of ports) {
    const tried = yield* tryAddresses(sys, line, host, found.addresses, port);
    if (!tried) continue;
    const { connection, shown } = tried;
    status = 0;
    const protocol = line.has('u') ? 'udp' : 'tcp';
    const said = `Connection to ${shown} ${port} port [${protocol}/${serviceOf(sys, port)}] succeeded!\n`;
    if (line.has('v')) yield* printError(sys, said);
    if (line.has('z') || !connection) continue;
    yield* talk(sys, line, connection);
  }
  return status;
}

/** The first address that takes the connection; undefined when none does. */
function* tryAddresses(
  sys: Sys,
  line: Line,
  host: string,
  addresses: readonly string[],
  port: number,
): Waiting<{ connection: Connection | undefined; shown: string } | undefined> {
  for (const address of addresses) {
    const shown = host === address ? host : `${host} (${address})`;
    const connection = yield* tryPort(sys, line, address, port, shown);
    if (connection !== 'failed') return { connection: connection === 'lost' ? undefined : connection, shown };
  }
  return undefined;
}

function portsOf(sys: Sys, word: string): number[] {
  const [, low, high] = /^(\d+)-(\d+)$/.exec(word) ?? [];
  if (low !== undefined) {
    const [from, to] = [Math.min(Number(low), Number(high)), Math.max(Number(low), Number(high))];
    if (to > 65_535) throw new Failure(`nc: port number too large: ${to}\n`);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  }
  const port = portOf(sys, word);
  if (port === undefined || port === 0) {
    const problem = /^\d+$/.test(word) ? (port === 0 ? 'too small' : 'too large') : 'invalid';
    throw new Failure(`nc: port number ${problem}: ${word}\n`);
  }
  return [port];
}

/** `lost`: a UDP packet that nobody refused, which counts as arrived. */
function* tryPort(
  sys: Sys,
  line: Line,
  address: string,
  port: number,
  shown: string,
): Waiting<Connection | 'failed' | 'lost'> {
  const udp = line.has('u');
  const probe = (line.seconds ?? UDP_SCAN_SECONDS) * SECOND;
  try {
    if (!udp)
      return yield* sys.connect({ address, port }, line.seconds === undefined ? undefined : line.seconds * SECOND);
    const connection = yield* sys.connect({ address, port, protocol: 'udp' }, probe);
    if (line.has('z') || line.has('v')) yield* sys.sleep(probe);
    return connection;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (udp) return error.code === 'ECONNREFUSED' ? 'failed' : 'lost';
    // A connection given up by -w is still under way, and that is what errno says then.
    const late = error.code === 'ETIMEDOUT' && line.seconds !== undefined;
    const ending = late ? 'timed out: Operation now in progress' : `failed: ${error.message}`;
    if (line.has('v')) yield* printError(sys, `nc: connect to ${shown} port ${port} (tcp) ${ending}\n`);
    return 'failed';
  }
}

function* talk(sys: Sys, line: Line, connection: Connection): Waiting<void> {
  const quit = line.value('q');
  yield* carry(sys, connection, {
    idle: line.seconds === undefined ? undefined : line.seconds * SECOND,
    quitAtEnd: quit !== undefined && Number(quit) >= 0,
    shutdown: line.has('N') || quit !== undefined,
  });
}

function* serve(sys: Sys, line: Line): Waiting<number> {
  const given = line.value('p');
  const [first, second] = line.operands;
  const word = given ?? second ?? first;
  if (word === undefined) throw new Failure(USAGE);
  const [port = 0] = portsOf(sys, word);
  const address =
    given === undefined ? (second === undefined ? '0.0.0.0' : (first ?? '0.0.0.0')) : (first ?? '0.0.0.0');
  const listener = open(sys, address, port, line.has('u'));
  if (line.has('v')) {
    yield* printError(sys, `${line.has('u') ? 'Bound' : 'Listening'} on ${address} ${port}\n`);
  }
  for (;;) {
    const connection = yield* listener.accept();
    const { peer } = connection;
    if (line.has('v')) {
      yield* printError(sys, `Connection received on ${peer.address} ${peer.port}\n`);
    }
    if (!line.has('k')) listener.close();
    yield* talk(sys, line, connection);
    if (!line.has('k')) return 0;
  }
}

function open(sys: Sys, address: string, port: number, udp: boolean): Listener {
  try {
    return sys.listen({ address, port, application: 'raw', protocol: udp ? 'udp' : 'tcp' });
  } catch (error) {
    if (isErrno(error)) throw new Failure(`nc: ${error.message}\n`);
    throw error;
  }
}
