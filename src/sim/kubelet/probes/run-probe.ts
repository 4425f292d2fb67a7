import { expandReferences } from '../../api/expansion.js';
import type { Container, EnvVar, Pod, Probe } from '../../api/types/pod.js';
import { CriError } from '../../client/cri-client.js';
import { dialError, joinHostPort } from '../../client/go-errors.js';
import { isErrno } from '../../kernel/errno.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podText } from '../context.js';
import { httpGet, resolvePort } from '../pods/http-get.js';
import { grpcProbe } from './grpc-probe.js';
import type { ProbeOutcome } from './verdict.js';

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
    if (probe.exec) {
      const command = expandStatic(probe.exec.command ?? [], container.env ?? []);
      return yield* execProbe(context, containerId, command, timeoutSeconds);
    }
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
    if (probe.grpc) return yield* grpcProbe(context.sys, podIP, probe.grpc, timeout);
  } catch (error) {
    if (error instanceof CriError) return { result: 'error', message: error.grpc };
    if (isErrno(error) || !(error instanceof Error)) throw error;
    return { result: 'error', message: error.message };
  }
  return { result: 'error', message: `missing probe handler for ${podText(pod)}:${container.name}` };
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

/** Variables that the spec itself gives, others are empty (ExpandContainerCommandOnlyStatic). */
function expandStatic(command: readonly string[], env: readonly EnvVar[]): string[] {
  const values = new Map(env.map(({ name, value = '' }) => [name, value]));
  return command.map((word) => expandReferences(word, (name) => values.get(name)));
}
