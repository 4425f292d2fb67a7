import type { IncomingMessage } from 'node:http';
import type { FarResponse } from '../workstation/far-server.js';

/** What only concerns one connection, and what node has undone. */
const OF_CONNECTIONS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer']);

/** Headers as the simulated network has them: small letters, several of a name joined. */
export function headersOf(answer: IncomingMessage): Record<string, string> {
  const joined = Object.entries(answer.headersDistinct).map(
    ([name, values = []]) => [name, values.join(', ')] as const,
  );
  return Object.fromEntries(joined.filter(([name]) => !OF_CONNECTIONS.has(name)));
}

/** Headers as node sends them: what is joined by newlines, one by one. */
export function headersTo(headers: Readonly<Record<string, string>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.includes('\n') ? value.split('\n') : value]),
  );
}

/**
 * Whether the proxy itself speaks, because it reached nobody: it says so in plain text with status 500 or 502. The API
 * server numbers its answers, and its own checks of health begin with a bracket.
 */
export function nobodyAnswered({ status, headers }: FarResponse): boolean {
  if (status !== 500 && status !== 502) return false;
  const isText = headers['content-type']?.startsWith('text/plain') === true;
  return isText && headers['audit-id'] === undefined && headers['x-kubernetes-pf-flowschema-uid'] === undefined;
}
