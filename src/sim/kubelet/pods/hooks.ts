import { goQuote } from '../../api/go-text.js';
import type { Container, HTTPGetAction, LifecycleHandler, Pod } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { decodeText } from '../../kernel/bytes.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podText } from '../context.js';
import { httpGet, resolvePort } from './http-get.js';

const HTTP_TIMEOUT = 30 * SECOND;
const AGENT = 'kube-lifecycle/1.36';
const NOT_TLS = 'http: server gave HTTP response to HTTPS client';

/** Why a hook failed: the bare error for the journal, and what the container waits with. */
export interface HookFailure {
  readonly error: string;
  readonly message: string;
}

/** Runs a lifecycle hook (lifecycle/handlers.go). Returns undefined when it succeeded. */
export function* runHook(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  handler: LifecycleHandler,
  target: { readonly containerId: string; readonly podIP: string },
): Waiting<HookFailure | undefined> {
  const where = `for Container ${goQuote(container.name)} in Pod ${goQuote(podText(pod))} failed - error:`;
  if (handler.exec) {
    const { command = [] } = handler.exec;
    const failed = yield* execHook(context, command, target.containerId);
    if (!failed) return undefined;
    const { error, output } = failed;
    const message = `Exec lifecycle hook ([${command.join(' ')}]) ${where} ${error}, message: ${goQuote(output)}`;
    return { error, message };
  }
  if (handler.httpGet) {
    const error = yield* httpHook(context, pod, container, handler.httpGet, target.podIP);
    if (error === undefined) return undefined;
    return { error, message: `HTTP lifecycle hook (${handler.httpGet.path ?? ''}) ${where} ${error}` };
  }
  if (handler.sleep) yield* context.sys.sleep(handler.sleep.seconds * SECOND);
  return undefined;
}

function* execHook(
  context: KubeletContext,
  command: readonly string[],
  containerId: string,
): Waiting<{ error: string; output: string } | undefined> {
  try {
    const request = { containerId, command, timeoutSeconds: 0 };
    const { exitCode, stdout, stderr } = yield* context.cri.call('ExecSync', request);
    if (exitCode === 0) return undefined;
    const error = `command '${command.join(' ')}' exited with ${exitCode}: ${decodeText(stderr)}`;
    return { error, output: decodeText(stdout) + decodeText(stderr) };
  } catch (error) {
    if (!(error instanceof CriError)) throw error;
    return { error: error.grpc, output: '' };
  }
}

/** Any answer will do; a server that speaks plain HTTP where HTTPS was asked for is asked again in its own way. */
function* httpHook(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  action: HTTPGetAction,
  podIP: string,
): Waiting<string | undefined> {
  let port: number;
  try {
    port = resolvePort(action.port, container);
  } catch (error) {
    return (error as Error).message;
  }
  const ask = (how: HTTPGetAction) => httpGet(context.sys, how, container, podIP, AGENT, HTTP_TIMEOUT);
  const outcome = yield* ask(action);
  if (!('failure' in outcome)) return undefined;
  if (!outcome.failure.includes(NOT_TLS)) return outcome.failure;
  const headers = (action.httpHeaders ?? []).filter(({ name }) => name.toLowerCase() !== 'authorization');
  const plain = yield* ask({ ...action, scheme: 'HTTP', httpHeaders: headers });
  if ('failure' in plain) return outcome.failure;
  const host = `${action.host || podIP}:${port}`;
  const words = `request to HTTPS lifecycle hook ${host} got HTTP response, retry with HTTP succeeded`;
  context.recorder.event(pod, 'Warning', 'LifecycleHTTPFallback', words);
  return undefined;
}
