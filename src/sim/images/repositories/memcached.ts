import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

const ACCOUNT = ['memcache:x:11211:11211::/home/memcache:/bin/sh'];
const NEWEST = '1.6.39';

function versionOf(tag: string): string {
  return /^\d+\.\d+\.\d+/.exec(tag)?.[0] ?? (tag.startsWith('1.5') ? '1.5.22' : NEWEST);
}

const ENTRYPOINT = `#!/bin/sh
set -e
# options alone are memcached's
if [ "\${1#-}" != "$1" ]; then
  set -- memcached "$@"
fi
exec "$@"
`;

export const memcached: ImageRepository = {
  name: 'docker.io/library/memcached',
  has: versionTags({
    major: 1,
    minors: [4, 6],
    names: ['alpine', 'bookworm', 'trixie'],
    suffixes: ['alpine', 'bookworm', 'trixie', 'alpine3.22', 'bullseye'],
  }),
  canonical: (tag) => `${versionOf(tag)}${tag.includes('alpine') ? '-alpine' : ''}`,
  sizeBytes: (tag) => (tag.includes('alpine') ? 5_230_000 : 32_540_000),
  config: (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    command: ['memcached'],
    environment: [PATH, `MEMCACHED_VERSION=${versionOf(tag)}`],
    user: 'memcache',
    ports: ['11211/tcp'],
  }),
  files: (tag) => [
    ...(tag.includes('alpine') ? alpineFiles('3.22.2', ACCOUNT) : debianFiles(DEBIAN_RELEASE, ACCOUNT)),
    ...FILES,
  ],
};

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/local/bin', ['memcached']),
  { path: '/usr/local/bin/docker-entrypoint.sh', content: ENTRYPOINT, mode: 0o755 },
];
