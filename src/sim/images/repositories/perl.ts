import { DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

export const perl: ImageRepository = {
  name: 'docker.io/library/perl',
  has: versionTags({ major: 5, minors: [20, 42], names: ['stable', 'slim'], suffixes: ['slim', 'bookworm', 'trixie'] }),
  canonical: (tag) => (['latest', 'stable', '5', '5.42'].includes(tag) ? '5.42.0' : tag),
  sizeBytes: (tag) => (tag.includes('slim') ? 52_900_000 : 388_000_000),
  config: () => ({
    command: ['perl5.42.0', '-de0'],
    environment: [PATH],
    workingDirectory: '/usr/src/app',
  }),
  files: () => FILES,
};

const FILES = [
  ...debianFiles(DEBIAN_RELEASE),
  ...programFiles('/usr/local/bin', ['perl']),
  { path: '/usr/local/bin/perl5.42.0', link: 'perl' },
  { path: '/usr/src/app', directory: true as const },
];
