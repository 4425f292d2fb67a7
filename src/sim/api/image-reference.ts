/** Names of container images, as containerd and kubelet read them (distribution/reference). */

/** A reference in full: `docker.io/library/nginx` with a tag, a digest, or both. */
export interface ImageReference {
  readonly host: string;
  /** Without the host: `library/nginx`. */
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const PATH = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/;
const HOST = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.[a-zA-Z0-9-]+)*(?::\d+)?$/;
const PATH_LENGTH_MAX = 255;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** Reads a reference as a person writes it; undefined when it is none. The default host is docker.io, and its own images are below `library/`. */
export function parseImageReference(text: string): ImageReference | undefined {
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const { host, path } = splitHost(hasTag ? named.slice(0, colon) : named);
  if (!HOST.test(host) || !PATH.test(path) || path.length > PATH_LENGTH_MAX) return undefined;
  return { host, path, tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}

function splitHost(name: string): { host: string; path: string } {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  if (first === '' || !(/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())) {
    return { host: 'docker.io', path: slash < 0 ? `library/${name}` : name };
  }
  const path = name.slice(slash + 1);
  if (first === 'index.docker.io' || first === 'docker.io') {
    return { host: 'docker.io', path: path.includes('/') ? path : `library/${path}` };
  }
  return { host: first, path };
}

/** The name without tag and digest: `docker.io/library/nginx`. */
export function imageRepository({ host, path }: ImageReference): string {
  return `${host}/${path}`;
}

/** The whole reference, tag before digest. */
export function formatImageReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${imageRepository(reference)}${tag}${digest}`;
}

/** kubelet: the image as written, with `:latest` when it names neither tag nor digest. */
export function withDefaultTag(text: string): string | undefined {
  const reference = parseImageReference(text);
  if (!reference) return undefined;
  const suffix = `:${reference.tag ?? ''}`;
  return reference.digest !== undefined || text.endsWith(suffix) ? text : text + suffix;
}

/** Why a text is no reference, in the words of distribution/reference (ParseNormalizedNamed). */
export function imageReferenceError(text: string): string {
  if (/^[a-f0-9]{64}$/.test(text))
    return `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`;
  const { path } = splitHost(text);
  const [remote = ''] = path.split(':');
  if (remote !== remote.toLowerCase()) return `invalid reference format: repository name (${remote}) must be lowercase`;
  if (parseImageReference(text.toLowerCase())) return 'invalid reference format: repository name must be lowercase';
  if (remote.length > PATH_LENGTH_MAX) return `repository name must not be more than ${PATH_LENGTH_MAX} characters`;
  return 'invalid reference format';
}
