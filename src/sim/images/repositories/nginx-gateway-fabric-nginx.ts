import { alpineFiles } from '../base-files.js';
import { type ImageRepository, PATH } from '../image.js';

/** nginx as the data plane's image configures it; what gateways are comes from the agent. */
const CONF = `load_module modules/ngx_http_js_module.so;

worker_processes auto;

pid /var/run/nginx/nginx.pid;

error_log stderr info;

events {
  worker_connections 1024;
}

http {
  include /etc/nginx/conf.d/*.conf;
  include /etc/nginx/mime.types;
  js_import modules/njs/httpmatches.js;

  default_type application/octet-stream;

  proxy_headers_hash_bucket_size 512;
  proxy_headers_hash_max_size 1024;
  server_names_hash_bucket_size 256;
  server_names_hash_max_size 1024;
  variables_hash_bucket_size 512;
  variables_hash_max_size 1024;

  access_log /dev/stdout;

  server_tokens off;

  server {
    listen unix:/var/run/nginx/nginx-status.sock;
    access_log off;

    location /stub_status {
      stub_status;
    }
  }
}
`;

export const nginxGatewayFabricNginx: ImageRepository = {
  name: 'ghcr.io/nginx/nginx-gateway-fabric/nginx',
  has: (tag) => /^2\.[0-4]\.\d{1,2}$/.test(tag),
  sizeBytes: () => 61_400_000,
  config: () => ({
    entrypoint: ['/agent/entrypoint.sh'],
    environment: [PATH, 'NGINX_VERSION=1.29.3'],
    workingDirectory: '/',
    user: '101',
    stopSignal: 'SIGQUIT',
  }),
  files: () => [
    ...alpineFiles('3.22.2', ['nginx:x:101:1001:nginx:/var/cache/nginx:/sbin/nologin']),
    { path: '/agent/entrypoint.sh', program: 'gateway-agent', mode: 0o755 },
    { path: '/usr/sbin/nginx', program: 'gateway-nginx', mode: 0o755 },
    { path: '/etc/nginx/nginx.conf', content: CONF },
    { path: '/etc/nginx/mime.types', content: '\ntypes {\n    text/html   html htm shtml;\n}\n' },
    { path: '/var/log/nginx', directory: true },
    { path: '/var/log/nginx/error.log', link: '/dev/stderr' },
  ],
};
