import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLoopbackHost, refuseHost } from './loopback-host.js';

/** How long a client is given to read its last answer (Go's rstAvoidanceDelay). */
const LINGER_MILLISECONDS = 500;

/** Says a last word and closes the connection, whether or not the client does. */
export function hangUp(socket: Duplex, words: string | Buffer = ''): void {
  if (socket.destroyed) return;
  if (!socket.writableEnded) socket.end(words);
  setTimeout(() => socket.destroy(), LINGER_MILLISECONDS).unref();
}

/** What Go's server says by itself to what is not HTTP as it wants it. */
export function plainRefusal(status: string, words = status): string {
  return `HTTP/1.1 ${status}\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n${words}`;
}

const NOT_IMPLEMENTED = plainRefusal('501 Not Implemented', 'Unsupported transfer encoding');
const VERSION = plainRefusal('505 HTTP Version Not Supported: unsupported protocol version');
const BAD_REQUEST = plainRefusal('400 Bad Request');

/** What Node's parser says of bytes it does not take. */
export interface ParserError {
  readonly code?: string | undefined;
  readonly reason?: string;
  readonly rawPacket?: Buffer;
}

/** The words for bytes that the parser does not take. */
export function refusalOf({ code, reason, rawPacket }: ParserError): string {
  if (code === 'HPE_HEADER_OVERFLOW') return plainRefusal('431 Request Header Fields Too Large');
  if (code === 'HPE_INVALID_TRANSFER_ENCODING' && !reason?.includes('Content-Length')) return NOT_IMPLEMENTED;
  if (code === 'HPE_INVALID_VERSION' && / HTTP\/(?!1\.)\d\.\d\r?\n/.test(rawPacket?.toString('latin1') ?? ''))
    return VERSION;
  return BAD_REQUEST;
}

/** What Go's server finds wrong with headers that the parser took; undefined when nothing is. */
function faultOf({
  headers,
  rawHeaders,
  httpVersion,
  httpVersionMajor,
  url = '',
}: IncomingMessage): string | undefined {
  if (httpVersionMajor !== 1) return httpVersionMajor === 0 ? BAD_REQUEST : VERSION;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
  if (hosts > 1 || /^[^?]*%(?![\da-f]{2})/i.test(url)) return BAD_REQUEST;
  if (hosts === 0 && httpVersion === '1.1') return plainRefusal('400 Bad Request: missing required Host header');
  if (/[\s<>"\\^`{|}]/.test(headers.host ?? '')) return plainRefusal('400 Bad Request: malformed Host header');
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') return NOT_IMPLEMENTED;
  return undefined;
}

/** The host a request is for: a target that names one counts more than the header. */
function hostOf({ headers, url = '' }: IncomingMessage): string | undefined {
  return /^https?:\/\/([^/?]*)/i.exec(url)?.[1] ?? headers.host;
}

/** Answers what no request handler gets to see. Whether it did. */
export function refused(incoming: IncomingMessage, outgoing: ServerResponse): boolean {
  const fault = faultOf(incoming);
  if (fault !== undefined) hangUp(incoming.socket, fault);
  else if (!isLoopbackHost(hostOf(incoming))) refuseHost(hostOf(incoming), outgoing);
  else if (incoming.method === 'OPTIONS' && incoming.url === '*')
    outgoing.writeHead(200, { 'content-length': 0 }).end();
  else return false;
  return true;
}

/** Tells a client that its request did not come in time. */
export function refuseSlow(outgoing: ServerResponse): void {
  const message = 'Timeout: request did not complete within the allotted timeout';
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason: 'Timeout' };
  const body = `${JSON.stringify({ ...status, details: {}, code: 504 })}\n`;
  outgoing.writeHead(504, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  outgoing.end(body);
}
