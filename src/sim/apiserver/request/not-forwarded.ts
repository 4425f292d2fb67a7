/**
 * Headers, in small letters, that a proxy or an aggregated API is not told: those of this connection alone, and the
 * credentials of who asks.
 */
export const NOT_FORWARDED: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'host',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);
