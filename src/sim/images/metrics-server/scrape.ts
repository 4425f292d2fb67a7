import type { Node } from '../../api/types/node.js';
import type { ComponentLog } from '../../client/component/log.js';
import { errorText, joinHostPort, requestErrorText } from '../../client/go-errors.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import { connectTransport, type TransportConfig } from '../../client/transport.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { TlsError } from '../../kernel/network.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import { type Waiting, WaitQueue } from '../../kernel/wait.js';
import type { Options } from './options.js';
import { readPoints } from './read-points.js';
import type { Batch } from './storage.js';

/** Requests are spread over so much time for each node, up to a limit. */
const DELAY_PER_NODE_MS = 8;
const DELAY_MAX_MS = 4000;

/** A node that says nothing of use. */
class ScrapeError extends Error {}

/** Asks all kubelets at once what they measure, and tells in the log of those that cannot be asked. */
export function* scrape(sys: Sys, log: ComponentLog, options: Options, nodes: readonly Node[]): Waiting<Batch> {
  const batch: Batch = { nodes: new Map(), pods: new Map() };
  const random = sys.random();
  const delay = Math.min(DELAY_MAX_MS, DELAY_PER_NODE_MS * nodes.length);
  const done = new WaitQueue();
  let left = nodes.length;
  for (const node of nodes) {
    const pause = random.below(delay) * MILLISECOND;
    sys.thread(function* () {
      yield* sys.sleep(pause);
      const found = yield* scrapeNode(sys, log, options, node);
      for (const [name, point] of found?.nodes ?? []) batch.nodes.set(name, point);
      for (const [name, point] of found?.pods ?? []) batch.pods.set(name, point);
      left -= 1;
      done.wakeAll();
    });
  }
  while (left > 0) yield done;
  return batch;
}

function* scrapeNode(sys: Sys, log: ComponentLog, options: Options, node: Node): Waiting<Batch | undefined> {
  const { name = '' } = node.metadata;
  try {
    return yield* ask(sys, options, node);
  } catch (error) {
    if (!isErrno(error) && !(error instanceof TlsError) && !(error instanceof ScrapeError)) throw error;
    const isLate = isErrno(error, 'ETIMEDOUT');
    const message = isLate ? 'Failed to scrape node, timeout to access kubelet' : 'Failed to scrape node';
    log.error(
      error instanceof ScrapeError ? error : wordsOf(error, options, node),
      message,
      { node: name },
      'scraper.go:149',
    );
    return undefined;
  }
}

/** The words of net/http's client around what went wrong. */
function wordsOf(error: unknown, options: Options, node: Node): string {
  if (isErrno(error, 'ETIMEDOUT'))
    return requestErrorText('GET', urlOf(options, node), new Error('context deadline exceeded'));
  return requestErrorText('GET', urlOf(options, node), error instanceof TlsError ? new Error(errorText(error)) : error);
}

function* ask(sys: Sys, options: Options, node: Node): Waiting<Batch> {
  const url = urlOf(options, node);
  const askedAt = sys.now();
  const transport = connectTransport(sys, kubeletConfig(sys, options, url));
  const response = yield* transport.request({ method: 'GET', target: '/metrics/resource', headers: {} });
  if (response.status !== 200)
    throw new ScrapeError(`request failed, status: "${response.status} ${REASONS[response.status] ?? ''}"`);
  return readPoints(decodeText(response.body ?? new Uint8Array()), node.metadata.name ?? '', askedAt);
}

const REASONS: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
};

function kubeletConfig(sys: Sys, options: Options, url: string): TransportConfig {
  const { token, tls } = inClusterConfig(sys);
  const authorities = options.authority === '' ? tls?.authorities : decodeText(sys.readFile(options.authority));
  const server = url.slice(0, -'/metrics/resource'.length);
  const trust = options.insecureTls ? { insecure: true } : { authorities };
  return { server, token, tls: trust, dialTimeout: options.requestTimeout };
}

function urlOf({ addressTypes, useNodeStatusPort, kubeletPort }: Options, { status }: Node): string {
  const addresses = status?.addresses ?? [];
  const type = addressTypes.find((one) => addresses.some((address) => address.type === one));
  const found = addresses.find((address) => address.type === type);
  if (!found) throw new ScrapeError(`no address matched types [${addressTypes.join(' ')}]`);
  const port = (useNodeStatusPort && status?.daemonEndpoints?.kubeletEndpoint?.Port) || kubeletPort;
  return `https://${joinHostPort(found.address, port)}/metrics/resource`;
}
