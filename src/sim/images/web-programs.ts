import type { Program } from '../kernel/sys.js';
import { agnhost } from './agnhost/agnhost.js';
import { httpEcho } from './http-echo/http-echo.js';
import { apache } from './httpd/apache.js';
import { nginxEntrypoint } from './nginx/entrypoint.js';
import { nginx } from './nginx/nginx.js';
import { plainServer } from './unknown/plain-server.js';
import { whoami } from './whoami/whoami.js';

/** Programs of the images that answer on the web, by the name their binaries carry. */
export const webPrograms: Readonly<Record<string, Program>> = {
  agnhost,
  'apache-httpd': apache,
  'http-echo': httpEcho,
  nginx,
  'nginx-entrypoint': nginxEntrypoint,
  'plain-server': plainServer,
  'traefik-whoami': whoami,
};
