import { request } from 'node:https';
import type { LiveClock } from '../../clusters/sim/live-clock.js';
import type { OutsideCall, OutsideCallAnswer, SimCluster } from '../../clusters/sim/sim-cluster.js';

const BODY_BYTES_MAX = 8 * 1024 * 1024;
/** What Go's packages say where Node has codes. */
const GO_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset by peer',
  EHOSTUNREACH: 'no route to host',
};

/**
 * Answers the cluster's calls of webhooks on this computer's loopback, one after another in the order of asking, while the
 * machine's time stands still. The answers are inputs like any other.
 */
export function answerCalls(cluster: SimCluster, clock: LiveClock): void {
  let open = 0;
  let last = Promise.resolve();
  cluster.onEvent((event) => {
    if (event.kind !== 'calling') return;
    if (open === 0) clock.stop();
    open += 1;
    last = last.then(async () => {
      const answer = await call(event.call);
      clock.input({ kind: 'called', id: event.id, answer });
      open -= 1;
      if (open === 0) clock.start();
    });
  });
}

/** One request; never rejects. */
function call({
  host,
  port,
  method,
  target,
  headers,
  body,
  authorities,
  serverName,
  timeout,
}: OutsideCall): Promise<OutsideCallAnswer> {
  return new Promise((resolve) => {
    const failed = (reason: string) => resolve({ kind: 'failed', reason });
    const length = { 'content-length': String(body.length) };
    const options = {
      host,
      port,
      method,
      path: target,
      headers: { ...headers, ...length },
      ca: authorities,
      agent: false,
    };
    const named = /^[\d.]+$|:/.test(serverName) ? {} : { servername: serverName };
    const sent = request({ ...options, ...named }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > BODY_BYTES_MAX) sent.destroy(new Error('http: response body too large'));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        clearTimeout(timer);
        const type = response.headers['content-type'];
        const shown: Record<string, string> = type === undefined ? {} : { 'content-type': type };
        resolve({ kind: 'response', status: response.statusCode ?? 0, headers: shown, body: Buffer.concat(chunks) });
      });
      response.on('error', (error) => failed(error.message));
    });
    const timer = setTimeout(() => sent.destroy(new Error('context deadline exceeded')), timeout / 1000);
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      failed(goWords(error, host, port));
    });
    sent.end(body);
  });
}

function goWords(error: NodeJS.ErrnoException, host: string, port: number): string {
  const { code = '', message } = error;
  const words = GO_WORDS[code];
  if (words) return `dial tcp ${host.includes(':') ? `[${host}]` : host}:${port}: connect: ${words}`;
  if (/SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/.test(code)) {
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  }
  return message;
}
