import { encodeText } from '../kernel/bytes.js';
import type { HttpRequest, HttpResponse, ListenSpec, Message, Peer } from '../kernel/network.js';
import type { Waiting } from '../kernel/wait.js';

/** Where clouds tell a machine about itself; a link-local address that no machine of a network has. */
export const METADATA_ADDRESS = '169.254.169.254';
const ROLE = 'node-role';
const TOKEN = 'AQAEAHlbaeTjQ2dSn0tKzCqYt3Wc5pVb8xJd4Rm1uGf6Lh9ZoXkEvA==';

/** What the service needs to know of a machine. */
interface Machine {
  readonly name: string;
  readonly address: string;
}

/**
 * The metadata service of a cloud, in the manner of EC2's (from knowledge of its documentation): lists of names and
 * texts over plain HTTP, about the machine that asks, and the keys of the machine's role to whoever asks from it. Pods
 * ask as their node, so they are told what is their node's. Version 1 is answered without a session's token; version
 * 2's tokens are given out and not demanded, as clouds leave it for machines that are not told otherwise.
 */
export function metadataService(machines: readonly Machine[]): ListenSpec {
  const handler = function* (message: Message, peer: Peer): Waiting<Message> {
    if (message.kind !== 'http') return message;
    const machine = machines.find(({ address }) => address === peer.address.address);
    return { kind: 'http-response', ...answer(message, machine) };
  };
  return { address: METADATA_ADDRESS, port: 80, application: 'http', handler };
}

function answer(request: HttpRequest, machine: Machine | undefined): HttpResponse {
  const path = (request.target.split('?')[0] ?? '/').replace(/\/$/, '');
  if (request.method === 'PUT' && path === '/latest/api/token') return token(request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, 'Method Not Allowed');
  if (!machine) return refusal(403, 'Forbidden');
  const texts = documents(machine);
  const found = texts.get(path) ?? listing([...texts.keys()], path);
  return found === undefined ? refusal(404, 'Not Found') : text(found, request.method === 'HEAD');
}

/** Everything the service has for a machine, by its path. */
function documents({ name, address }: Machine): ReadonlyMap<string, string> {
  const number = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  const keys = {
    Code: 'Success',
    Type: 'AWS-HMAC',
    AccessKeyId: `ASIA${number.join('').toUpperCase()}EXAMPLE`,
    SecretAccessKey: `wJalrXUtnFEMI/${number.join('')}/bPxRfiCYEXAMPLEKEY`,
    Token: 'IQoJb3JpZ2luX2VjEXAMPLETOKEN',
  };
  return new Map([
    ['/latest/meta-data/hostname', name],
    [`/latest/meta-data/iam/security-credentials/${ROLE}`, JSON.stringify(keys, null, 2)],
    ['/latest/meta-data/instance-id', `i-0${number.join('')}${'0'.repeat(8)}`],
    ['/latest/meta-data/local-hostname', name],
    ['/latest/meta-data/local-ipv4', address],
    ['/latest/meta-data/placement/availability-zone', 'eu-central-1a'],
    ['/latest/user-data', `#cloud-config\nhostname: ${name}\n`],
  ]);
}

/** The names below a path, one on each line; those with more below them end in a slash. */
function listing(paths: readonly string[], folder: string): string | undefined {
  const below = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
  const names = below.map((rest) =>
    rest.includes('/') && folder !== '' ? `${rest.split('/')[0]}/` : rest.split('/')[0],
  );
  return below.length === 0 ? undefined : [...new Set(names)].sort().join('\n');
}

function token({ headers }: HttpRequest): HttpResponse {
  const seconds = Number(headers['x-aws-ec2-metadata-token-ttl-seconds']);
  if (!(seconds >= 1 && seconds <= 21_600)) return refusal(400, 'Bad Request');
  const given = text(TOKEN, false);
  return { ...given, headers: { ...given.headers, 'x-aws-ec2-metadata-token-ttl-seconds': String(seconds) } };
}

function text(words: string, headOnly: boolean): HttpResponse {
  const body = encodeText(words);
  const headers = { 'content-type': 'text/plain', 'content-length': String(body.length), server: 'EC2ws' };
  return { status: 200, headers, ...(headOnly ? {} : { body }) };
}

function refusal(status: number, words: string): HttpResponse {
  const body = encodeText(
    `<html>\n <head>\n  <title>${status} - ${words}</title>\n </head>\n <body>\n  <h1>${status} - ${words}</h1>\n </body>\n</html>\n`,
  );
  return {
    status,
    headers: { 'content-type': 'text/html', 'content-length': String(body.length), server: 'EC2ws' },
    body,
  };
}
