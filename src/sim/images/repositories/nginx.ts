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
    ...(/alpine(?!-slim)/.test(tag) ? programFiles('/usr/bin', ['curl']) : []),
    ...FILES,
  ],
};

/** Files of the folder that the images' entrypoint goes through. */
const STEPS = [
  '10-listen-on-ipv6-by-default.sh',
  '15-local-resolvers.envsh',
  '20-envsubst-on-templates.sh',
  '30-tune-worker-processes.sh',
];

/** The types that people serve, by their endings; the real file has some eighty more. */
const MIME_TYPES: readonly (readonly [type: string, endings: string])[] = [
  ['text/html', 'html htm shtml'],
  ['text/css', 'css'],
  ['text/xml', 'xml'],
  ['image/gif', 'gif'],
  ['image/jpeg', 'jpeg jpg'],
  ['application/javascript', 'js'],
  ['application/atom+xml', 'atom'],
  ['application/rss+xml', 'rss'],
  ['text/mathml', 'mml'],
  ['text/plain', 'txt'],
  ['text/x-component', 'htc'],
  ['image/avif', 'avif'],
  ['image/png', 'png'],
  ['image/svg+xml', 'svg svgz'],
  ['image/tiff', 'tif tiff'],
  ['image/webp', 'webp'],
  ['image/x-icon', 'ico'],
  ['font/woff', 'woff'],
  ['font/woff2', 'woff2'],
  ['application/java-archive', 'jar war ear'],
  ['application/json', 'json'],
  ['application/msword', 'doc'],
  ['application/pdf', 'pdf'],
  ['application/wasm', 'wasm'],
  ['application/x-x509-ca-cert', 'der pem crt'],
  ['application/xhtml+xml', 'xhtml'],
  ['application/zip', 'zip'],
  ['application/octet-stream', 'bin exe dll deb dmg iso img msi msp msm'],
  ['audio/mpeg', 'mp3'],
  ['audio/ogg', 'ogg'],
  ['video/mp4', 'mp4'],
  ['video/mpeg', 'mpeg mpg'],
  ['video/webm', 'webm'],
];
const TYPES_FILE = `\ntypes {\n${MIME_TYPES.map(([type, endings]) => `    ${type.padEnd(48)} ${endings};\n`).join('')}}\n`;

const FILES: readonly ImageFile[] = [
  ...programFiles('/usr/sbin', ['nginx']),
  { path: '/etc/nginx/nginx.conf', content: NGINX_CONF },
  { path: '/etc/nginx/conf.d/default.conf', content: NGINX_DEFAULT_CONF },
  { path: '/etc/nginx/mime.types', content: TYPES_FILE },
  { path: '/usr/share/nginx/html/index.html', content: NGINX_INDEX },
  { path: '/usr/share/nginx/html/50x.html', content: NGINX_ERROR_PAGE },
  { path: '/var/log/nginx', directory: true },
  { path: '/var/log/nginx/access.log', link: '/dev/stdout' },
  { path: '/var/log/nginx/error.log', link: '/dev/stderr' },
  { path: '/var/cache/nginx', directory: true, owner: 101, group: 0 },
  { path: '/docker-entrypoint.sh', program: 'nginx-entrypoint', mode: 0o755 },
  ...STEPS.map((name) => ({ path: `/docker-entrypoint.d/${name}`, program: 'nginx-entrypoint', mode: 0o755 })),
];
