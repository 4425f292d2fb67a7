import type { ImageRefusal } from '../../api/container-image.js';
import { formatImageReference, type ImageReference } from '../../api/image-reference.js';
import { CriError } from '../../client/cri-client.js';

/** Where registries give out tokens, and the name of their service, when these are not the host's own. */
const TOKENS: Readonly<Record<string, { readonly realm: string; readonly service: string }>> = {
  'docker.io': { realm: 'https://auth.docker.io/token', service: 'registry.docker.io' },
  'quay.io': { realm: 'https://quay.io/v2/auth', service: 'quay.io' },
  'public.ecr.aws': { realm: 'https://public.ecr.aws/token/', service: 'public.ecr.aws' },
  'gcr.io': { realm: 'https://gcr.io/v2/token', service: 'gcr.io' },
};

/** What the reason of a refusal needs of the machine. */
export interface PullPlace {
  /** The machine's first name server; none when it has none. */
  readonly nameserver: string | undefined;
}

/**
 * containerd 2.1's words for a pull that was refused, by the transfer service that its default configuration pulls
 * with: the resolver's error (core/remotes/docker) behind two contexts.
 */
export function pullRefusal(reference: ImageReference, why: ImageRefusal, place: PullPlace): CriError {
  const full = formatImageReference(reference);
  const message = `failed to pull and unpack image "${full}": failed to resolve image: ${cause(reference, full, why, place)}`;
  return new CriError(message, why === 'not-found' ? 'NotFound' : 'Unknown');
}

function cause(reference: ImageReference, full: string, why: ImageRefusal, { nameserver }: PullPlace): string {
  const { host, path } = reference;
  const denied = 'pull access denied, repository does not exist or may require authorization';
  const server = host === 'docker.io' ? 'registry-1.docker.io' : host;
  const scheme = /^(?:localhost|127\.)/.test(host) ? 'http' : 'https';
  const url = `${scheme}://${server}/v2/${path}/manifests/${reference.digest ?? reference.tag}`;
  const token = TOKENS[host] ?? { realm: `https://${host}/token`, service: host };
  const scope = encodeURIComponent(`repository:${path}:pull`);
  const tokenUrl = `${token.realm}?scope=${scope}&service=${encodeURIComponent(token.service)}`;
  switch (why) {
    case 'not-found':
      return `${full}: not found`;
    case 'denied':
      return `${denied}: server message: insufficient_scope: authorization failed`;
    case 'no-credentials':
      return `${denied}: authorization failed: no basic auth credentials`;
    case 'unauthorized': {
      const status = host === 'quay.io' ? '401 UNAUTHORIZED' : '401 Unauthorized';
      return `unexpected status from HEAD request to ${url}: ${status}`;
    }
    case 'no-anonymous-token':
      return `failed to authorize: failed to fetch anonymous token: unexpected status from GET request to ${tokenUrl}: 403 Forbidden`;
    case 'unknown-credentials':
      return `failed to authorize: failed to fetch oauth token: unexpected status from GET request to ${tokenUrl}: 401 Unauthorized`;
    case 'no-listener':
      return `failed to do request: Head "${url}": dial tcp ${dialed(host, scheme)}: connect: connection refused`;
    case 'no-host': {
      const asked = nameserver === undefined ? '' : ` on ${nameserver}:53`;
      return `failed to do request: Head "${url}": dial tcp: lookup ${host.replace(/:\d+$/, '')}${asked}: no such host`;
    }
  }
}

/** The address a host without a name to look up is dialled at. */
function dialed(host: string, scheme: 'http' | 'https'): string {
  const [name = '', port = scheme === 'http' ? '80' : '443'] = host.split(':');
  return `${name === 'localhost' ? '127.0.0.1' : name}:${port}`;
}
