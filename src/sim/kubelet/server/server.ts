import { isErrno } from '../../kernel/errno.js';
import type { HttpRequest, HttpResponse, ListenSpec, Message, Peer } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { goErrno } from '../go-errno.js';
import type { PodManager } from '../pods/pod-manager.js';
import { allContainers, ephemeralContainers } from '../pods/worker-state.js';
import type { Guard } from './auth/guard.js';
import { execOrAttach } from './exec.js';
import { containerLogs, refuse } from './logs.js';
import { answerAboutNode } from './node-paths.js';
import { portForward } from './port-forward.js';
import { servingTls } from './serving-certificate.js';

const OK: HttpResponse = {
  status: 200,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('ok'),
};

/** A port that kubelet cannot do without is not to be had; the message is Go's. */
export class ListenError extends Error {}

/** Serves kubelet's HTTPS API to those whom `guard` lets in, and its health on the host alone. Throws `ListenError`. */
export function serveKubelet(context: KubeletContext, pods: PodManager, guard: Guard): void {
  const { config, log } = context;
  listen(context, '0.0.0.0', {
    port: config.port,
    application: 'http',
    tls: servingTls(context),
    *handler(message, peer): Waiting<Message> {
      if (message.kind !== 'http') return { kind: 'http-response', ...refuse(400, 'Bad Request') };
      return { kind: 'http-response', ...(yield* answer(context, pods, message, guard, peer)) };
    },
  });
  if (config.healthzPort === 0) return;
  try {
    listen(context, '127.0.0.1', {
      address: '127.0.0.1',
      port: config.healthzPort,
      application: 'http',
      *handler(message): Waiting<Message> {
        const known = message.kind === 'http' && message.target.split('?')[0] === '/healthz';
        return { kind: 'http-response', ...(known ? OK : refuse(404, '404 page not found')) };
      },
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    log.error('server.go:1012', error.message, 'Failed to start healthz server');
  }
}

function listen({ sys }: KubeletContext, address: string, spec: ListenSpec): void {
  try {
    sys.listen(spec);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new ListenError(`listen tcp ${address}:${spec.port}: bind: ${goErrno(error)}`);
  }
}

function* answer(
  context: KubeletContext,
  pods: PodManager,
  request: HttpRequest,
  guard: Guard,
  peer: Peer,
): Waiting<HttpResponse> {
  const url = readTarget(request.target);
  if (!url) return refuse(400, '400 Bad Request');
  const [, what = '', ...rest] = url.pathname.split('/').map(decodeURIComponent);
  const refusal = yield* guard(request, decodeURIComponent(url.pathname), peer);
  if (refusal) return refusal;
  const known = yield* answerAboutNode(context, pods, url);
  if (known) return known;
  if (!['attach', 'containerLogs', 'exec', 'portForward'].includes(what)) return refuse(404, '404 page not found');
  if (!takesAnything(request)) return refuse(406, '406: Not Acceptable\n\nAvailable representations: ');
  const [namespace = '', name = '', ...others] = rest;
  const container = others.at(-1) ?? '';
  const pod = pods.findPod(namespace, name);
  if (!pod) return refuse(404, `pod ${JSON.stringify(name)} not found`);
  if (what === 'portForward') {
    const { items } = yield* context.cri.call('ListPodSandbox', { podUid: pod.metadata.uid ?? '' });
    const sandbox = items.find(({ state }) => state === 'SANDBOX_READY');
    if (!sandbox) return refuse(404, `no sandbox found for pod ${name}_${namespace}`);
    return portForward(context, { sandboxId: sandbox.id }, url.searchParams, request);
  }
  if (![...allContainers(pod), ...ephemeralContainers(pod)].some((spec) => spec.name === container))
    return refuse(404, `container ${JSON.stringify(container)} not found in pod ${JSON.stringify(name)}`);
  const { containers } = yield* context.cri.call('ListContainers', { podUid: pod.metadata.uid ?? '' });
  if (what === 'containerLogs') {
    const now = pods.worker(pod.metadata.uid ?? '')?.state.waiting.get(container)?.reason;
    const first = pod.spec.initContainers?.length ? 'PodInitializing' : 'ContainerCreating';
    return yield* containerLogs(context, containers, container, name, { now, first }, url.searchParams);
  }
  const running = containers.find(({ config, state }) => config.name === container && state === 'CONTAINER_RUNNING');
  if (!running) return refuse(404, notRunning(what === 'exec' ? 'exec' : 'attach', container, `${name}_${namespace}`));
  return yield* execOrAttach(context, what === 'exec' ? 'exec' : 'attach', running.id, url.searchParams, request);
}

/** These paths declare no media type, so the router (go-restful) has none to offer to who asks for one. */
function takesAnything({ headers }: HttpRequest): boolean {
  const { accept = '' } = headers;
  return accept === '' || accept.split(',').some((one) => one.split(';')[0]?.trim() === '*/*');
}

/** Where a request is for; undefined for what Go's server refuses before any handler: no path, or a broken escape in it. */
function readTarget(target: string): URL | undefined {
  if (!target.startsWith('/')) return undefined;
  const url = new URL(`https://kubelet${target}`);
  try {
    decodeURIComponent(url.pathname);
    return url;
  } catch {
    return undefined;
  }
}

/** What kubelet says of a container it cannot join: in other words for each of the two (kubelet_pods.go). */
function notRunning(what: 'exec' | 'attach', container: string, pod: string): string {
  return what === 'exec'
    ? `container not found (${JSON.stringify(container)})`
    : `container ${container} not found in pod ${pod}`;
}
