import type { Container, Pod, Probe } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { dialError, joinHostPort } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { httpGet, resolvePort } from '../pods/http-get.js';

/** What one probe told; `error` means it could not be made at all, and its result is thrown away. */
export type ProbeOutcome =
  | { readonly result: 'success' }
  | { readonly result: 'warning' | 'failure'; readonly output: string }
  | { readonly result: 'error'; readonly message: string };

const OUTPUT_MAX = 10 * 1024;
const TRIES = 3;

/** Probes a container once; what cannot be made is tried three times (kubelet prober). */
export function* runProbe(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  probe: Probe,
  target: { readonly containerId: string; readonly podIP: string },
): Waiting<ProbeOutcome> {
  let outcome: ProbeOutcome = { result: 'error', message: 'missing probe handler' };
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    outcome = yield* once(context, pod, container, probe, target);
    if (outcome.result !== 'error') return outcome;
  }
  return outcome;
}

function* once(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  probe: Probe,
  { containerId, podIP }: { readonly containerId: string; readonly podIP: string },
): Waiting<ProbeOutcome> {
  const timeoutSeconds = probe.timeoutSeconds ?? 1;
  const timeout = timeoutSeconds * SECOND;
  try {
    if (probe.exec) return yield* execProbe(context, containerId, probe.exec.command ?? [], timeoutSeconds);
    if (probe.httpGet) {
      const agent = 'kube-probe/1.36';
      const outcome = yield* httpGet(context.sys, probe.httpGet, container, podIP, agent, timeout);
      if ('failure' in outcome) return { result: 'failure', output: outcome.failure };
      if (outcome.status >= 200 && outcome.status < 300) return { result: 'success' };
      if (outcome.status >= 300 && outcome.status < 400)
        return { result: 'warning', output: `Probe terminated redirects, Response body: ${outcome.body}` };
      return { result: 'failure', output: `HTTP probe failed with statuscode: ${outcome.status}` };
    }
    if (probe.tcpSocket) {
      const port = resolvePort(probe.tcpSocket.port, container);
      return yield* tcpProbe(context, probe.tcpSocket.host || podIP, port, timeout);
    }
    if (probe.grpc) return yield* grpcProbe(context, podIP, probe.grpc.port, timeout);
  } catch (error) {
    if (error instanceof CriError) return { result: 'error', message: error.grpc };
    if (isErrno(error) || !(error instanceof Error)) throw error;
    return { result: 'error', message: error.message };
  }
  return { result: 'error', message: `missing probe handler for ${pod.metadata.name}:${container.name}` };
}

function* execProbe(
  context: KubeletContext,
  containerId: string,
  command: readonly string[],
  timeoutSeconds: number,
): Waiting<ProbeOutcome> {
  try {
    const answer = yield* context.cri.call('ExecSync', { containerId, command, timeoutSeconds });
    if (answer.exitCode === 0) return { result: 'success' };
    const output = Buffer.concat([answer.stdout, answer.stderr]).subarray(0, OUTPUT_MAX).toString('utf8');
    return { result: 'failure', output };
  } catch (error) {
    if (!(error instanceof CriError) || error.code !== 'DeadlineExceeded') throw error;
    return {
      result: 'failure',
      output: `command timed out: "${command.join(' ')}" timed out after ${timeoutSeconds}s`,
    };
  }
}

function* tcpProbe(context: KubeletContext, host: string, port: number, timeout: number): Waiting<ProbeOutcome> {
  try {
    const connection = yield* context.sys.connect({ address: host, port }, timeout);
    connection.close();
    return { result: 'success' };
  } catch (error) {
    if (!isErrno(error)) throw error;
    return { result: 'failure', output: dialError(error.code, joinHostPort(host, port)).message };
  }
}

/** grpc_health_v1 is spoken by no simulated server yet: whoever listens is taken to be healthy. */
function* grpcProbe(context: KubeletContext, host: string, port: number, timeout: number): Waiting<ProbeOutcome> {
  const outcome = yield* tcpProbe(context, host, port, timeout);
  if (outcome.result === 'success') return outcome;
  return {
    result: 'failure',
    output: `timeout: failed to connect service "${joinHostPort(host, port)}" within ${timeout / SECOND}s: context deadline exceeded`,
  };
}
