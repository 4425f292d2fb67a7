import type { ImageFile } from '../api/container-image.js';
import { accountFiles } from './base-files.js';
import type { ImageRepository } from './image.js';
import { PATH } from './image.js';

const MEGABYTE = 1_000_000;

/** What an image with one program and no shell is made from. */
export interface SingleProgram {
  readonly name: string;
  readonly tags: (tag: string) => boolean;
  readonly megabytes: number;
  /** Where the program lies and which of the machine's programs it is. */
  readonly path: string;
  readonly program: string;
  readonly entrypoint?: readonly string[];
  readonly user?: string;
  readonly more?: readonly ImageFile[];
}

/** An image as "distroless" ones are: one program, accounts, nothing to look around with. */
export function singleProgram(image: SingleProgram): ImageRepository {
  return {
    name: image.name,
    has: image.tags,
    sizeBytes: (tag) => image.megabytes * MEGABYTE + ((tag.length * 7919) % MEGABYTE),
    config: () => ({
      environment: [PATH],
      workingDirectory: '/',
      ...(image.entrypoint ? { entrypoint: image.entrypoint } : {}),
      ...(image.user === undefined ? {} : { user: image.user }),
    }),
    files: () => [
      ...['/dev', '/etc', '/proc', '/sys', '/tmp', '/var/run'].map((path): ImageFile => ({ path, directory: true })),
      ...accountFiles(['nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin']),
      { path: image.path, program: image.program, mode: 0o755 },
      ...(image.more ?? []),
    ],
  };
}

/** Tags of Kubernetes' own images. */
export function kubernetesTags(tag: string): boolean {
  return /^v1\.(?:3[3-6])\.\d{1,2}$/.test(tag);
}
