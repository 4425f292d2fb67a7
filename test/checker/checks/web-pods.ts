import type { FakeRun } from '../fake-cluster.js';

const pod = (name: string, labels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'shop', labels },
  status: { phase: 'Running', podIP: `10.244.1.${name.length}` },
});
/** A client, and two versions of a web server. */
export const OBJECTS = [
  pod('a', { app: 'client' }),
  pod('web-v1', { app: 'web', version: 'v1' }),
  { ...pod('web-v2', { app: 'web', version: 'v2' }), status: { phase: 'Running', podIP: '10.244.1.7' } },
];
/** Who asks. */
export const client = { pods: { namespace: 'shop', selector: 'app=client' } };
export const URL = 'http://web.shop/x';
/** What curl is told to write behind an answer. */
export const MARK = '\n--of-the-answer--';
/** What curl writes. */
export const answers =
  (code: number, headers: string, body: string): FakeRun =>
  () => ({ stdout: `HTTP/1.1 ${code} X\r\n${headers}\r\n\r\n${body}${MARK}` });
