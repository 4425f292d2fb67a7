/** What an upgraded connection carries: the streams of a process, or of forwarded ports. */
export type Carried = 'process' | 'ports';

/** How clients and servers of the streams tell their version in SPDY's request and answer. */
export const STREAM_PROTOCOL_HEADER = 'x-stream-protocol-version';

/** SPDY's frames as a WebSocket's messages: how kubectl forwards ports since 1.31. */
export const TUNNEL = 'SPDY/3.1+portforward.k8s.io';
/** The one in which a client can close a stream. */
export const CLOSING = 'v5.channel.k8s.io';

/** Protocols of a WebSocket; those of the API server itself first, then kubelet's. */
const WEBSOCKET: Readonly<Record<Carried, readonly string[]>> = {
  process: [CLOSING, 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io', 'channel.k8s.io', 'base64.channel.k8s.io'],
  ports: [TUNNEL, 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io'],
};
/** Protocols of SPDY's streams, newest first. */
export const SPDY: Readonly<Record<Carried, readonly string[]>> = {
  process: ['v4.channel.k8s.io', 'v3.channel.k8s.io', 'v2.channel.k8s.io', 'channel.k8s.io'],
  ports: ['portforward.k8s.io'],
};

/** What a request's path wants carried. */
export function carriedBy(target: string): Carried {
  return /\/(?:portforward|portForward)(?:[/?]|$)/.test(target) ? 'ports' : 'process';
}

/** The names in a header that lists them with commas. */
export function namesIn(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/**
 * The protocol to speak over a WebSocket, `''` when the client names none, undefined when none fits. The API server's
 * own is taken wherever the client lists it; of the others the first that the client lists.
 */
export function chooseWebSocket(carried: Carried, offered: readonly string[]): string | undefined {
  const known = WEBSOCKET[carried];
  const [own = ''] = known;
  if (offered.length === 0) return '';
  return offered.includes(own) ? own : offered.find((name) => known.includes(name));
}

/** The same for SPDY: the first name of the client's that the server knows. A client that names none speaks the oldest. */
export function chooseSpdy(carried: Carried, offered: readonly string[]): string | undefined {
  return offered.length === 0 ? '' : offered.find((name) => SPDY[carried].includes(name));
}
