import { goJson } from '../../api/go-text.js';
import { errorText, lookupText } from '../../client/go-errors.js';
import { resolveHost } from '../../client/resolver.js';
import { decodeText, encodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Connection } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { goLog } from '../go/log.js';
import { type GoAnswer, type GoRequest, goError } from '../go/server.js';

const PATIENCE = 5 * SECOND;

/** netexec /dial: asks another server a number of times and tells what each try gave. */
export function* dial(sys: Sys, { query }: GoRequest): Waiting<GoAnswer> {
  const value = (name: string) => query.get(name) ?? '';
  const [host, port, request, protocol, asked] = ['host', 'port', 'request', 'protocol', 'tries'].map(value);
  goLog(sys, `GET /dial?host=${host}&protocol=${protocol}&port=${port}&request=${request}&tries=${asked}`);
  const tries = asked === '' ? 1 : Number(asked);
  if (!Number.isInteger(tries))
    return goError(400, `tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(asked)}: invalid syntax`);
  if (!request) return goError(400, 'request parameter not specified. <nil>');
  const kind = (protocol || 'http').toLowerCase();
  if (kind !== 'http' && kind !== 'udp') return goError(400, `unsupported protocol. ${protocol}`);
  const found = yield* resolveHost(sys, host ?? '', undefined, 'go');
  if ('failure' in found) return goError(400, `host and/or port param are invalid. ${lookupText(host ?? '', found)}`);
  const address = found.addresses[0] as string;
  const target = { address, port: Number(port) };
  const [responses, errors]: [string[], string[]] = [[], []];
  for (let count = 0; count < tries; count += 1) {
    try {
      responses.push(yield* kind === 'http' ? askHttp(sys, target, request) : askUdp(sys, target, request));
    } catch (error) {
      if (!isErrno(error)) throw error;
      errors.push(failureText(kind, target, request, error));
    }
  }
  const output = {
    ...(errors.length > 0 ? { errors } : {}),
    ...(responses.at(-1) ? { responses } : {}),
  };
  return { text: goJson(output) };
}

interface Target {
  readonly address: string;
  readonly port: number;
}

function failureText(
  kind: string,
  { address, port }: Target,
  request: string,
  error: Error & { code: string },
): string {
  if (kind === 'udp') return `reading from udp connection failed. err:'${errorText(error)}'`;
  const url = `http://${address}:${port}/${request}`;
  const why =
    error.code === 'ETIMEDOUT'
      ? `context deadline exceeded (Client.Timeout exceeded while awaiting headers)`
      : `dial tcp ${address}:${port}: connect: ${error.message.toLowerCase()}`;
  return `Get "${url}": ${why}`;
}

function* askHttp(sys: Sys, target: Target, request: string): Waiting<string> {
  const connection = yield* sys.connect(target, PATIENCE);
  try {
    const headers = { host: `${target.address}:${target.port}`, 'user-agent': 'Go-http-client/1.1' };
    const answer = yield* connection.request({ kind: 'http', method: 'GET', target: `/${request}`, headers });
    return answer.kind === 'http-response' ? decodeText(answer.body ?? encodeText('')) : '';
  } finally {
    connection.close();
  }
}

function* askUdp(sys: Sys, target: Target, request: string): Waiting<string> {
  const connection = yield* sys.connect({ ...target, protocol: 'udp' }, PATIENCE);
  try {
    return yield* exchange(connection, request);
  } finally {
    connection.close();
  }
}

function* exchange(connection: Connection, request: string): Waiting<string> {
  connection.send({ kind: 'raw', bytes: encodeText(request) });
  const item = yield* connection.incoming.receive();
  return item === 'end' ? '' : decodeText((item as { bytes?: Uint8Array }).bytes ?? encodeText(''));
}
