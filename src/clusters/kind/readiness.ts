import { type ApiRequest, type ApiResponse, ClusterError } from '../port.js';
import { MORE_PATIENCE } from './patience.js';

/** Who can be asked whether a cluster is ready. */
interface Api {
  request(request: ApiRequest, options?: { readonly signal?: AbortSignal | undefined }): Promise<ApiResponse>;
}

interface Conditioned {
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[];
  };
}

const LOOK_MILLISECONDS = 500;

/** Waits until the API server answers that it is ready. Throws `ClusterError` with its last words. */
export async function waitForApi(api: Api, seconds: number, signal?: AbortSignal): Promise<void> {
  let last = '';
  const answered = await until(seconds, signal, async () => {
    const { status, error, body } = await api.request({ method: 'GET', path: '/readyz' }, { signal });
    last =
      error ??
      `${status} ${typeof body === 'string' ? (body.split('\n').find((line) => line.startsWith('[-]')) ?? '') : ''}`;
    return status === 200;
  });
  if (!answered)
    throw new ClusterError(`The API server did not get ready within ${seconds} s: ${last.trim()}\n${MORE_PATIENCE}`);
}

/** What is waited for: how many nodes, with which network, for how many seconds. */
export interface NodesWanted {
  readonly count: number;
  readonly network: string;
  readonly seconds: number;
}

/**
 * Waits until all nodes are there and ready, and the pods of kube-system. Without a network nodes cannot be ready: then they
 * need only be there. Throws `ClusterError` with who is not ready, and why.
 */
export async function waitForNodes(
  api: Api,
  { count, network, seconds }: NodesWanted,
  signal?: AbortSignal,
): Promise<void> {
  let lacking = '';
  const ready = await until(seconds, signal, async () => {
    lacking = await notReady(api, count, network !== 'none', signal);
    return lacking === '';
  });
  if (!ready) throw new ClusterError(`The nodes were not ready within ${seconds} s: ${lacking}\n${MORE_PATIENCE}`);
}

async function notReady(api: Api, count: number, withNetwork: boolean, signal?: AbortSignal): Promise<string> {
  const nodes = await items(api, '/api/v1/nodes', signal);
  if (nodes.length < count) return `${nodes.length} of ${count} nodes are there`;
  if (!withNetwork) return '';
  const node = nodes.find((one) => !isReady(one));
  if (node) return `node ${node.metadata.name}: ${wordsOf(node)}`;
  const pods = await items(api, '/api/v1/namespaces/kube-system/pods', signal);
  const pod = pods.find((one) => !isReady(one) && one.status?.phase !== 'Succeeded');
  return pod ? `pod kube-system/${pod.metadata.name}: ${wordsOf(pod)}` : '';
}

async function items(api: Api, path: string, signal?: AbortSignal): Promise<readonly Conditioned[]> {
  const { body } = await api.request({ method: 'GET', path }, { signal });
  return (body as { items?: readonly Conditioned[] } | undefined)?.items ?? [];
}

function isReady({ status }: Conditioned): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
}

function wordsOf({ status }: Conditioned): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.message ?? status?.phase ?? 'it says nothing of itself';
}

/** Asks again and again; false when the time is over. Throws `ClusterError` when it is given up. */
export async function until(
  seconds: number,
  signal: AbortSignal | undefined,
  ask: () => Promise<boolean>,
): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; ; ) {
    if (signal?.aborted) throw new ClusterError('It was given up.');
    if (await ask()) return true;
    if (Date.now() >= end) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
  }
}
