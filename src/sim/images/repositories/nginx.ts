import type { ImageFile } from '../../api/container-image.js';
import { alpineFiles, DEBIAN_RELEASE, debianFiles, programFiles } from '../base-files.js';
import { type ImageRepository, PATH, versionTags } from '../image.js';
import { NGINX_CONF, NGINX_DEFAULT_CONF, NGINX_ERROR_PAGE, NGINX_INDEX, nginxVersionOf } from '../nginx/files.js';

const ACCOUNT = ['nginx:x:101:101:nginx user:/nonexistent:/bin/false'];

export const nginx: ImageRepository = {
  name: 'docker.io/library/nginx',
  has: versionTags({
    major: 1,
    minors: [7, 29],
    names: ['stable', 'mainline', 'trixie', 'bookworm'],
    suffixes: ['alpine', 'alpine-slim', 'perl', 'otel', 'trixie', 'bookworm'],
  }),
  canonical: (tag) => (['latest', 'mainline', '1', '1.29'].includes(tag) ? nginxVersionOf('latest') : tag),
  sizeBytes: (tag) => (tag.includes('alpine') ? 22_900_000 : 59_795_000),
  config: (tag) => ({
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    environment: [PATH, `NGINX_VERSION=${nginxVersionOf(tag)}`],
    stopSignal: 'SIGQUIT',
    ports: ['80/tcp'],
  }),
  files: (tag) => [
    ...(tag.includes('alpine') ? alpineFiles('3.22.2', ACCOUNT) : debianFiles(DEBIAN_RELEASE, ACCOUNT, ['curl'])),
    ...FILES,
  ],
};

const ENTRYPOINT = `#!/bin/sh
set -e
exec "$@"
`;

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/sbin', ['nginx']),
  { path: '/etc/nginx/nginx.conf', content: NGINX_CONF },
  { path: '/etc/nginx/conf.d/default.conf', content: NGINX_DEFAULT_CONF },
  {
    path: '/etc/nginx/mime.types',
    content:
      'types {\n    text/html  html htm shtml;\n    text/css  css;\n    text/plain  txt;\n    application/json  json;\n    application/javascript  js;\n    image/png  png;\n    image/jpeg  jpeg jpg;\n    image/svg+xml  svg svgz;\n}\n',
  },
  { path: '/usr/share/nginx/html/index.html', content: NGINX_INDEX },
  { path: '/usr/share/nginx/html/50x.html', content: NGINX_ERROR_PAGE },
  { path: '/var/log/nginx', directory: true },
  { path: '/var/log/nginx/access.log', link: '/dev/stdout' },
  { path: '/var/log/nginx/error.log', link: '/dev/stderr' },
  { path: '/var/cache/nginx', directory: true, owner: 101, group: 0 },
  { path: '/docker-entrypoint.sh', content: ENTRYPOINT, mode: 0o755 },
];
