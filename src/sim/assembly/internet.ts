import { siteCredential } from '../client/pki/public-authority.js';
import { textAnswer } from '../images/web/answer.js';
import type { HttpRequest, ListenSpec, Message, RequestHandler } from '../kernel/network.js';
import type { Micros } from '../kernel/time.js';
import type { Waiting } from '../kernel/wait.js';
import type { Fabric } from '../network/fabric.js';
import { SITES, type Site } from '../worlds/internet/sites.js';

/** Connects the sites of the internet, each a computer far away: by HTTPS they answer, by HTTP they send there. */
export function connectInternet(fabric: Fabric): void {
  for (const site of SITES) {
    const { namespace } = fabric.addNode(site.names[0] as string, [site.address]);
    namespace.listen(secured(site, fabric));
    namespace.listen({ port: 80, application: 'http', handler: serve(fabric, sendToHttps) });
  }
}

function secured(site: Site, { host }: Fabric): ListenSpec {
  let own: ReturnType<typeof siteCredential> | undefined;
  const credential = () => (own ??= siteCredential(site.names, host.now()));
  return {
    port: 443,
    application: 'http',
    tls: { certificate: () => credential().certificate(), key: () => credential().privateKey() },
    handler: serve({ host }, (request, now) => site.answer(request, now)),
  };
}

function sendToHttps(request: HttpRequest, now: Micros) {
  const name = (request.headers['host'] ?? '').replace(/:\d+$/, '');
  return textAnswer(now, request, 301, '', { location: `https://${name}${request.target}` });
}

function serve({ host }: Pick<Fabric, 'host'>, answer: Site['answer']): RequestHandler {
  return function* (message: Message): Waiting<Message> {
    if (message.kind !== 'http') return { kind: 'http-response', status: 400, headers: {} };
    return { kind: 'http-response', ...answer(message, host.now()) };
  };
}
