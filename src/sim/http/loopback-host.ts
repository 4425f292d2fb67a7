import type { ServerResponse } from 'node:http';

/**
 * Whether a Host header names this machine. A page in a browser that has a name of its own lead to loopback names
 * itself here; it gets nothing.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** What a client hears that calls this server by another name. */
function refusal(host: string | undefined): string {
  const message = `forbidden: this server answers on loopback only: call it https://127.0.0.1 instead of ${JSON.stringify(host ?? '')}`;
  return `${JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'Forbidden',
    details: {},
    code: 403,
  })}\n`;
}

/** Answers 403 with a Status. */
export function refuseHost(host: string | undefined, outgoing: ServerResponse): void {
  const body = refusal(host);
  outgoing.writeHead(403, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  outgoing.end(body);
}

/** The same to a client that asked for another protocol. */
export const BAD_HOST = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
