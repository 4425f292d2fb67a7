import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';
import { redisVersionOf } from '../redis/versions.js';

const ACCOUNT = ['redis:x:999:999::/home/redis:/bin/sh'];
const TAGS =
  /^(?:latest|alpine|bookworm|trixie|(?:5(?:\.0(?:\.\d{1,2})?)?|6(?:\.[02](?:\.\d{1,2})?)?|7(?:\.[024](?:\.\d{1,2})?)?|8(?:\.[024](?:\.\d{1,2})?)?)(?:-(?:alpine|bookworm|trixie|bullseye))?)$/;

const ENTRYPOINT = `#!/bin/sh
set -e
# options, or a configuration file: they are redis-server's
if [ "\${1#-}" != "$1" ] || [ "\${1%.conf}" != "$1" ]; then
  set -- redis-server "$@"
fi
# root hands the data over and steps down
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . ! -user redis -exec chown redis {} +
  exec gosu redis "$0" "$@"
fi
if [ "$(umask)" = 0022 ]; then
  umask 0077
fi
exec "$@"
`;

export const redis: ImageRepository = {
  name: 'docker.io/library/redis',
  has: (tag) => TAGS.test(tag),
  canonical: (tag) => `${redisVersionOf(tag)}${tag.includes('alpine') ? '-alpine' : ''}`,
  sizeBytes: (tag) => (tag.includes('alpine') ? 17_120_000 : 52_730_000),
  config: (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    command: ['redis-server'],
    environment: [PATH, `REDIS_VERSION=${redisVersionOf(tag)}`],
    workingDirectory: '/data',
    ports: ['6379/tcp'],
  }),
  files: (tag) => [
    ...(tag.includes('alpine') ? alpineFiles('3.22.2', ACCOUNT) : debianFiles(DEBIAN_RELEASE, ACCOUNT)),
    ...FILES,
  ],
};

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/local/bin', ['redis-cli', 'redis-server', 'gosu']),
  { path: '/usr/local/bin/docker-entrypoint.sh', content: ENTRYPOINT, mode: 0o755 },
  { path: '/data', directory: true, owner: 999, group: 999 },
];
