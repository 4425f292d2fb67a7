import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

/** The newest of each major version that is known. */
const NEWEST: Readonly<Record<string, string>> = {
  '18': '18.20.8',
  '20': '20.19.6',
  '22': '22.21.1',
  '24': '24.12.0',
  '25': '25.2.1',
};
const NAMES: Readonly<Record<string, string>> = { latest: '25', current: '25', lts: '24', krypton: '24', jod: '22' };
const TAGS =
  /^(?:latest|current|lts|krypton|jod|(?:18|20|22|24|25)(?:\.\d{1,2}){0,2}|alpine|slim)(?:-(?:alpine|slim|bookworm|bookworm-slim|trixie|trixie-slim))?$/;

const ENTRYPOINT = `#!/bin/sh
set -e
# options, files and what is no command are node's
if [ "\${1#-}" != "\${1}" ] || [ -z "$(command -v "\${1}")" ] || { [ -f "\${1}" ] && ! [ -x "\${1}" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

function versionOf(tag: string): string {
  const [word = ''] = tag.split('-');
  const version = /^\d/.test(word) ? word : (NAMES[word] ?? '25');
  return NEWEST[version] ?? version;
}

export const node: ImageRepository = {
  name: 'docker.io/library/node',
  has: (tag) => TAGS.test(tag),
  canonical: (tag) => `${versionOf(tag)}${tag.includes('alpine') ? '-alpine' : tag.includes('slim') ? '-slim' : ''}`,
  sizeBytes: (tag) => (tag.includes('alpine') ? 56_300_000 : tag.includes('slim') ? 80_700_000 : 413_000_000),
  config: (tag) => ({
    entrypoint: ['docker-entrypoint.sh'],
    command: ['node'],
    environment: [PATH, `NODE_VERSION=${versionOf(tag)}`],
  }),
  files: (tag) => [
    ...(tag.includes('alpine')
      ? alpineFiles('3.22.2', ACCOUNT)
      : debianFiles(DEBIAN_RELEASE, ACCOUNT, tag.includes('slim') ? [] : ['curl'])),
    ...FILES,
  ],
};

const ACCOUNT = ['node:x:1000:1000::/home/node:/bin/sh'];

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/local/bin', ['node']),
  { path: '/usr/local/bin/docker-entrypoint.sh', content: ENTRYPOINT, mode: 0o755 },
];
