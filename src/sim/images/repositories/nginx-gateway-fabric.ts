import { singleProgram } from '../single-program.js';

export const nginxGatewayFabric = singleProgram({
  name: 'ghcr.io/nginx/nginx-gateway-fabric',
  tags: (tag) => /^2\.[0-4]\.\d{1,2}$/.test(tag),
  megabytes: 38,
  path: '/usr/bin/gateway',
  program: 'nginx-gateway',
  entrypoint: ['/usr/bin/gateway'],
  user: '101',
});
