import type { RequestHandler } from '../../../src/sim/kernel/network.js';
import type { TestNetwork } from './machine.js';
import { listen } from './two-machines.js';

/** Pages: `/` says hi, `/slow` answers after ten seconds, `/moved` leads to `/`, `/echo` says what came; else 404. */
const pages: RequestHandler = function* pages(message) {
  if (message.kind !== 'http') throw new Error('not HTTP');
  const { method, target, body, headers } = message;
  const page = (status: number, text: string, more: Record<string, string> = {}) => {
    const bytes = Buffer.from(text);
    const head = { 'content-type': 'text/html', 'content-length': `${bytes.length}`, ...more };
    return { kind: 'http-response' as const, status, headers: head, ...(method === 'HEAD' ? {} : { body: bytes }) };
  };
  if (target === '/slow') yield { until: slowUntil() };
  if (target === '/moved') return page(301, '', { location: '/' });
  if (target.startsWith('/echo')) {
    const sent = Buffer.from(body ?? []).toString();
    return page(200, `${method} ${target} ${headers['host']} ${headers['x-test'] ?? '-'} ${sent}\n`);
  }
  return target === '/' || target === '/index.html' || target === '/slow'
    ? page(200, 'hi\n')
    : page(404, 'no such page\n');
};

let slowUntil: () => number = () => 0;

/** Serves them on `host`, port 80. */
export function serveWeb(network: TestNetwork): void {
  slowUntil = () => network.kernel.now() + 10_000_000;
  listen(network, 'host', { port: 80, application: 'http', handler: pages });
}
