import { parseDuration } from '../../api/duration.js';
import { errorText, lookupText } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Command } from './command.js';

/** The system's own patience with a connection that nobody answers. */
const PATIENCE = 2 * MINUTE;

/** agnhost connect: tries a connection and tells in one word why it cannot be. */
export const connect: Command = {
  name: 'connect',
  short: 'Attempts a TCP, UDP or SCTP connection and returns useful errors',
  flags: [{ name: 'protocol' }, { name: 'sctp-data' }, { name: 'timeout', kind: 'duration' }, { name: 'udp-data' }],
  operands: { least: 1, most: 1 },
  *run(sys, given, [destination = '']) {
    const protocol = given.get('protocol') || 'tcp';
    if (protocol !== 'tcp' && protocol !== 'udp') {
      yield* sys.write(2, `Unsupported protocol\n${protocol}`);
      return 1;
    }
    const asked = parseDuration(given.get('timeout') ?? '0');
    const failure = yield* attempt(sys, destination, protocol, asked === 0 ? undefined : asked, given.get('udp-data'));
    if (failure === undefined) return 0;
    yield* sys.write(2, `${failure}\n`);
    return 1;
  },
};

function* attempt(
  sys: Sys,
  destination: string,
  protocol: 'tcp' | 'udp',
  timeout: number | undefined,
  data = 'hostname',
): Waiting<string | undefined> {
  const match = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(destination);
  if (!match) {
    const why = destination.includes(':') ? 'too many colons in address' : 'missing port in address';
    return `${protocol === 'tcp' ? 'UNKNOWN' : 'DNS'}: address ${destination}: ${why}`;
  }
  const host = match[1] ?? match[2] ?? '';
  const found = yield* resolveHost(sys, host === '' ? '127.0.0.1' : host, undefined, 'go');
  if ('failure' in found) return `DNS: ${lookupText(host, found)}`;
  const address = found.addresses[0] as string;
  const target = { address, port: Number(match[3]), protocol };
  try {
    const connection = yield* sys.connect(target, timeout ?? PATIENCE);
    if (protocol === 'udp') {
      connection.send({ kind: 'raw', bytes: encodeText(`${data}\n`) });
      yield* connection.incoming.receive();
    }
    connection.close();
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'ETIMEDOUT') return 'TIMEOUT';
    if (error.code === 'ECONNREFUSED')
      return protocol === 'tcp' ? 'REFUSED' : `REFUSED: read udp ${target.address}:${target.port}: connection refused`;
    return `OTHER: dial ${protocol} ${address}:${target.port}: connect: ${errorText(error).toLowerCase()}`;
  }
}
