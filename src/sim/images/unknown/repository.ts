import { DEBIAN_RELEASE, debianFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

const MEGABYTE = 1_000_000;

/** A repository that nobody here knows: a small Linux and a server that listens on the ports its containers declare. */
export function unknownRepository(name: string, has: (tag: string) => boolean): ImageRepository {
  return {
    name,
    has,
    sizeBytes: (tag) => (28 + ((name.length * 7 + tag.length * 13) % 90)) * MEGABYTE,
    config: (tag) => ({
      entrypoint: ['/app/server'],
      environment: [PATH, `IMAGE=${name.replace(/^docker\.io\/(?:library\/)?/, '')}:${tag}`],
      workingDirectory: '/app',
      portsAsArguments: true,
    }),
    files: () => FILES,
  };
}

const FILES = [
  ...debianFiles(DEBIAN_RELEASE, [], ['curl']),
  { path: '/app', directory: true as const },
  { path: '/app/server', program: 'plain-server', mode: 0o755 },
];
