import { alpineFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';

export const curl: ImageRepository = {
  name: 'docker.io/curlimages/curl',
  has: versionTags({ major: 8, minors: [0, 17] }),
  sizeBytes: () => 9_710_000,
  config: () => ({
    entrypoint: ['/entrypoint.sh'],
    command: ['curl'],
    environment: [PATH],
    user: 'curl_user',
    workingDirectory: '/home/curl_user',
  }),
  files: () => FILES,
};

const ENTRYPOINT = `#!/bin/sh
set -e
if [ "\${1#-}" != "\${1}" ] || [ "\${1#*://}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ]; then
  set -- curl "$@"
fi
exec "$@"
`;

const FILES = [
  ...alpineFiles('3.22.2', ['curl_user:x:100:101:Linux User,,,:/home/curl_user:/sbin/nologin']),
  ...programFiles('/usr/bin', ['curl']),
  { path: '/home/curl_user', directory: true as const, owner: 100, group: 101 },
  { path: '/entrypoint.sh', content: ENTRYPOINT, mode: 0o755 },
];
