import { encodeText } from '../../kernel/bytes.js';
import type { Message } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { HOUR, MINUTE } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { selfSigned } from '../pki/authority.js';

const HEALTH_PATHS: readonly string[] = ['/healthz', '/livez', '/readyz'];

/**
 * Serves a component's health over HTTPS, which kubelets probe. The certificate signs itself, as the component makes it
 * when it is given none. Throws EADDRINUSE.
 */
export function serveHealth(sys: Sys, address: string, port: number, isHealthy: () => boolean = () => true): void {
  const credential = selfSigned(
    `${sys.hostname()}/${port}`,
    { name: 'localhost', subject: { commonName: `localhost@${Math.floor(sys.now() / MINUTE)}` }, usages: ['server'] },
    sys.now() - HOUR,
  );
  sys.listen({
    address,
    port,
    application: 'http',
    tls: { certificate: () => credential.certificate(), key: () => credential.privateKey() },
    handler: function* (message: Message): Waiting<Message> {
      const path = message.kind === 'http' ? (message.target.split('?')[0] ?? '') : '';
      if (!HEALTH_PATHS.includes(path)) return answer(403, 'Forbidden');
      return isHealthy() ? answer(200, 'ok') : answer(500, 'healthz check failed\n');
    },
  });
}

function answer(status: number, text: string): Message {
  return {
    kind: 'http-response',
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: encodeText(text),
  };
}
