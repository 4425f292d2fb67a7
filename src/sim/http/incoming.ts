import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import type { HttpRequest } from '../kernel/network.js';

/** One byte more than the server takes: what is longer is cut here, and refused there in the server's words. */
const BODY_BYTES_MAX = 3 * 1024 * 1024 + 1;

/** A request as the simulated server gets it. */
export function requestOf(incoming: IncomingMessage, body: Uint8Array | undefined): HttpRequest {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  // Each of these is a value of its own, and a comma may be part of it: they come as lines.
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    if (name.startsWith('impersonate-') && values) headers[name] = values.join('\n');
  }
  const { method = 'GET', url = '/' } = incoming;
  const target = url.replace(/^https?:\/\/[^/?]*\/?/i, '/');
  return { method, target, headers, ...(body && body.length > 0 ? { body } : {}) };
}

/** PEM of the certificate a client showed, whose key it has proved to hold. */
export function certificateOf({ socket }: IncomingMessage): string | undefined {
  const raw = (socket as TLSSocket).getPeerCertificate?.()?.raw;
  if (!raw) return undefined;
  const lines = raw.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** Reads a body; undefined when the client went away before its end. */
export function readBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      if (size < BODY_BYTES_MAX) chunks.push(chunk.subarray(0, BODY_BYTES_MAX - size));
      size += chunk.length;
      if (size >= BODY_BYTES_MAX) resolve(joined(chunks));
    });
    incoming.on('end', () => resolve(joined(chunks)));
    incoming.on('error', () => resolve(undefined));
    incoming.on('close', () => resolve(undefined));
  });
}

function joined(chunks: readonly Buffer[]): Uint8Array {
  return new Uint8Array(Buffer.concat(chunks));
}

/**
 * Headers as Node wants them. Go writes texts (warnings above all) as UTF-8, Node takes one byte a character; control
 * characters would not get through at all.
 */
export function outgoingHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Buffer.from(value.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' '), 'utf8').toString('latin1'),
    ]),
  );
}
