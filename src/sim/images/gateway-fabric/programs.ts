import type { Program } from '../../kernel/sys.js';
import { nginxWith } from '../nginx/nginx.js';
import { gatewayAgent } from './agent.js';
import { gatewayController } from './controller.js';
import { GATEWAY_BUILD } from './njs.js';

/** Programs of NGINX Gateway Fabric's images, by the name their binaries carry. */
export const gatewayFabricPrograms: Readonly<Record<string, Program>> = {
  'gateway-agent': gatewayAgent,
  'gateway-nginx': nginxWith(GATEWAY_BUILD),
  'nginx-gateway': gatewayController,
};
