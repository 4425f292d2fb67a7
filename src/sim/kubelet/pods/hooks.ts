import type { Container, LifecycleHandler } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { httpGet, resolvePort } from './http-get.js';

const HTTP_TIMEOUT = 30 * SECOND;

/** Runs a lifecycle hook. Returns undefined when it succeeded, else kubelet's message. */
export function* runHook(
  context: KubeletContext,
  container: Container,
  handler: LifecycleHandler,
  target: { readonly containerId: string; readonly podIP: string },
): Waiting<string | undefined> {
  if (handler.exec) {
    const command = handler.exec.command ?? [];
    try {
      const { exitCode, stdout, stderr } = yield* context.cri.call('ExecSync', {
        containerId: target.containerId,
        command,
        timeoutSeconds: 0,
      });
      if (exitCode === 0) return undefined;
      const output = Buffer.concat([stdout, stderr]).toString('utf8');
      return `Exec lifecycle hook ([${command.join(' ')}]) for Container "${container.name}" failed - error: command '${command.join(' ')}' exited with ${exitCode}: ${output}, message: ${JSON.stringify(output)}`;
    } catch (error) {
      if (!(error instanceof CriError)) throw error;
      return `Exec lifecycle hook ([${command.join(' ')}]) for Container "${container.name}" failed - error: ${error.grpc}, message: ""`;
    }
  }
  if (handler.httpGet) {
    const { path = '', port } = handler.httpGet;
    const failed = (why: string) =>
      `HTTP lifecycle hook (${path}) for Container "${container.name}" failed - error: ${why}, message: ""`;
    try {
      resolvePort(port, container);
    } catch (error) {
      return failed((error as Error).message);
    }
    const outcome = yield* httpGet(
      context.sys,
      handler.httpGet,
      container,
      target.podIP,
      'kube-lifecycle/1.36',
      HTTP_TIMEOUT,
    );
    return 'failure' in outcome ? failed(outcome.failure) : undefined;
  }
  if (handler.sleep) yield* context.sys.sleep(handler.sleep.seconds * SECOND);
  return undefined;
}
