import type { Credentialed } from './authenticator.js';

/** The bearer token of a request, or undefined. */
export function bearerToken(request: Credentialed): string | undefined {
  const header = request.request.headers['authorization'] ?? '';
  const match = /^bearer\s+(\S+)\s*$/i.exec(header);
  return match?.[1];
}
