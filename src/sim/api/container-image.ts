/** What registries hold: images as data. Who builds file trees from them is another room. */
import type { Bytes } from '../kernel/bytes.js';

/** The part of an image's configuration that decides how its containers run (OCI image-spec). */
export interface ImageConfig {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** `NAME=value`. */
  readonly environment?: readonly string[];
  readonly workingDirectory?: string;
  /** A name or number, with a group after a colon; root when left out. */
  readonly user?: string;
  readonly stopSignal?: string;
  readonly ports?: readonly string[];
  /** Its server is told on its command line which ports the container declares (`--port=8080`): an image nobody knows. */
  readonly portsAsArguments?: true;
}

/** One entry of an image's file tree; exactly one of `content`, `lazy`, `program`, `link` and `directory` is set. */
export interface ImageFile {
  readonly path: string;
  readonly content?: string;
  /** Content made when somebody first looks at it. */
  readonly lazy?: () => Bytes;
  /** The binary of a program of the machine. */
  readonly program?: string;
  readonly link?: string;
  readonly directory?: true;
  readonly mode?: number;
  readonly owner?: number;
  readonly group?: number;
}

/** One image that can be pulled. */
export interface ContainerImage {
  /** `docker.io/library/nginx`. */
  readonly repository: string;
  readonly tag: string;
  /** Digest of the manifest, `sha256:…`. */
  readonly digest: string;
  /** Digest of the configuration, which containers and nodes know the image by. */
  readonly id: string;
  readonly sizeBytes: number;
  readonly config: ImageConfig;
  /** The same list for images with the same content; read once, to build the layer that all containers share. */
  files(): readonly ImageFile[];
}

/**
 * Why a registry gives no image: nobody has that host's name; nothing listens there; the token it gave has no scope for
 * the repository; no such repository or tag; no token without a name; a plain 401; it wants a name and password and got
 * none, or its token server does not know them.
 */
export type ImageRefusal =
  | 'no-host'
  | 'no-listener'
  | 'denied'
  | 'not-found'
  | 'no-anonymous-token'
  | 'unauthorized'
  | 'no-credentials'
  | 'unknown-credentials';

/** Whom a registry is told one is. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

/** The registries that the machine's network reaches. */
export interface ImageRegistry {
  find(
    repository: string,
    tagOrDigest: string,
    credentials?: RegistryCredentials,
  ): ContainerImage | { readonly refused: ImageRefusal };
}
