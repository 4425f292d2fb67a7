import { alpineFiles, DEBIAN_RELEASE, debianFiles } from '../base-files.js';
import { type ImageRepository, versionTags } from '../image.js';

const NEWEST = '2.4.65';
const ROOT = '/usr/local/apache2';

const versionOf = (tag: string) => /^2\.4\.\d+/.exec(tag)?.[0] ?? NEWEST;

/** Apache's server, Docker's official image. */
export const httpd: ImageRepository = {
  name: 'docker.io/library/httpd',
  has: (tag) =>
    versionTags({ major: 2, minors: [4, 4], suffixes: ['alpine', 'bookworm', 'trixie'] })(tag) &&
    Number(/^2\.4\.(\d+)/.exec(tag)?.[1] ?? 65) <= 65,
  canonical: (tag) => (['latest', '2', '2.4', 'trixie'].includes(tag) ? NEWEST : tag),
  sizeBytes: (tag) => (tag.includes('alpine') ? 24_300_000 : 45_200_000),
  config: (tag) => ({
    command: ['httpd-foreground'],
    environment: [
      `PATH=${ROOT}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      `HTTPD_PREFIX=${ROOT}`,
      `HTTPD_VERSION=${versionOf(tag)}`,
    ],
    workingDirectory: ROOT,
    stopSignal: 'SIGWINCH',
    ports: ['80/tcp'],
  }),
  files: (tag) => [...(tag.includes('alpine') ? alpineFiles('3.22.2') : debianFiles(DEBIAN_RELEASE)), ...FILES],
};

const FOREGROUND = `#!/bin/sh
set -e
rm -f ${ROOT}/logs/httpd.pid
exec httpd -DFOREGROUND "$@"
`;

const CONF = `ServerRoot "${ROOT}"
Listen 80
User www-data
Group www-data
ServerAdmin you@example.com
<Directory />
    AllowOverride none
    Require all denied
</Directory>
DocumentRoot "${ROOT}/htdocs"
<Directory "${ROOT}/htdocs">
    Options Indexes FollowSymLinks
    AllowOverride None
    Require all granted
</Directory>
<IfModule dir_module>
    DirectoryIndex index.html
</IfModule>
<Files ".ht*">
    Require all denied
</Files>
ErrorLog /proc/self/fd/2
LogLevel warn
<IfModule log_config_module>
    LogFormat "%h %l %u %t \\"%r\\" %>s %b" common
    CustomLog /proc/self/fd/1 common
</IfModule>
`;

const FILES = [
  { path: `${ROOT}/bin/httpd`, program: 'apache-httpd', mode: 0o755 },
  { path: '/usr/local/bin/httpd-foreground', content: FOREGROUND, mode: 0o755 },
  { path: `${ROOT}/conf/httpd.conf`, content: CONF },
  { path: `${ROOT}/htdocs/index.html`, content: '<html><body><h1>It works!</h1></body></html>\n' },
  ...['build', 'cgi-bin', 'error', 'icons', 'include', 'logs', 'modules'].map((name) => ({
    path: `${ROOT}/${name}`,
    directory: true as const,
  })),
];
