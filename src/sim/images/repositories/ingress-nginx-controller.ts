import { alpineFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

export const ingressNginxController: ImageRepository = {
  name: 'registry.k8s.io/ingress-nginx/controller',
  has: (tag) => /^v1\.(?:9|1[0-5])\.\d{1,2}$/.test(tag),
  sizeBytes: () => 105_300_000,
  config: (tag) => ({
    entrypoint: ['/usr/bin/dumb-init', '--'],
    command: ['/nginx-ingress-controller'],
    environment: [
      PATH,
      'NGINX_VERSION=1.27.1',
      `INGRESS_NGINX_RELEASE=${tag}`,
      'LUA_PATH=/usr/local/share/luajit-2.1/?.lua;;',
    ],
    workingDirectory: '/etc/nginx',
    user: '101',
    ports: ['80/tcp', '443/tcp'],
  }),
  files: () => [
    ...alpineFiles('3.22.2', ['nginx:x:101:82:nginx:/usr/local/nginx:/sbin/nologin']),
    { path: '/nginx-ingress-controller', program: 'nginx-ingress-controller', mode: 0o755 },
    { path: '/wait-shutdown', program: 'ingress-wait-shutdown', mode: 0o755 },
    { path: '/usr/bin/dumb-init', program: 'dumb-init', mode: 0o755 },
    { path: '/usr/bin/nginx', program: 'ingress-nginx-nginx', mode: 0o755 },
    { path: '/usr/bin/curl', program: 'curl', mode: 0o755 },
    { path: '/usr/local/nginx/sbin/nginx', program: 'ingress-nginx-nginx', mode: 0o755 },
    { path: '/etc/nginx', directory: true, owner: 101, group: 82 },
    {
      path: '/etc/nginx/nginx.conf',
      content:
        '# A very simple nginx configuration file that forces nginx to start.\npid /tmp/nginx/nginx.pid;\n\nevents {}\nhttp {}\ndaemon off;\n',
      owner: 101,
      group: 82,
    },
    { path: '/etc/nginx/mime.types', content: '\ntypes {\n    text/html   html htm shtml;\n}\n' },
    { path: '/etc/nginx/lua', directory: true, owner: 101, group: 82 },
    ...[
      '/etc/ingress-controller',
      '/etc/ingress-controller/ssl',
      '/etc/ingress-controller/auth',
      '/tmp/nginx',
      '/var/log/nginx',
    ].map((path) => ({ path, directory: true as const, owner: 101, group: 82 })),
    { path: '/var/log/nginx/access.log', link: '/dev/stdout' },
    { path: '/var/log/nginx/error.log', link: '/dev/stderr' },
  ],
};
