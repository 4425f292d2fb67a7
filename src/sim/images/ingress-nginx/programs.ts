import type { Program } from '../../kernel/sys.js';
import { nginxWith } from '../nginx/nginx.js';
import { webhookCertgen } from './certgen.js';
import { ingressController } from './controller.js';
import { dumbInit } from './dumb-init.js';
import { INGRESS_NGINX_BUILD } from './lua.js';
import { waitShutdown } from './wait-shutdown.js';

/** Programs of ingress-nginx' images, by the name their binaries carry. */
export const ingressNginxPrograms: Readonly<Record<string, Program>> = {
  'dumb-init': dumbInit,
  'ingress-nginx-nginx': nginxWith(INGRESS_NGINX_BUILD),
  'ingress-wait-shutdown': waitShutdown,
  'kube-webhook-certgen': webhookCertgen,
  'nginx-ingress-controller': ingressController,
};
