import { StatusError } from '../../api/status.js';
import type { ApiClient } from '../../client/client.js';
import { createClient } from '../../client/create-client.js';
import { CsiError, csiCall } from '../../client/csi-client.js';
import { isUnreachable } from '../../client/go-errors.js';
import { inClusterConfig } from '../../client/in-cluster.js';
import { connectTransport } from '../../client/transport.js';
import type { QueueLimits } from '../../client/work-queue.js';
import type { Sys } from '../../kernel/sys.js';
import { MINUTE, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { say } from '../go/log.js';

/** The flags of a program, each with all its values: `--name=value`, `-name value` and `--name`. */
export function flagsOf(sys: Pick<Sys, 'args'>): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, string[]>();
  for (const word of sys.args.slice(1)) {
    const match = /^--?([^=]+)(?:=(.*))?$/s.exec(word);
    if (!match) continue;
    const name = match[1] ?? '';
    flags.set(name, [...(flags.get(name) ?? []), match[2] ?? 'true']);
  }
  return flags;
}

/** The path of a socket, without `unix://`. */
export function socketPath(endpoint: string): string {
  return endpoint.replace(/^unix:\/\//, '');
}

/** Waits until the driver beside it answers; gives its name. */
export function* driverName(sys: Sys, socket: string): Waiting<string> {
  for (;;) {
    try {
      return (yield* csiCall(sys, socket, 'GetPluginInfo', {})).name;
    } catch (error) {
      if (!(error instanceof CsiError)) throw error;
      say(sys, 2, `Still connecting to unix://${socket}\n`);
      yield* sys.sleep(SECOND);
    }
  }
}

/** A client with the rights of the pod's account. Throws where there is none. */
export function podClient(sys: Sys, userAgent: string): ApiClient {
  return createClient(connectTransport(sys, inClusterConfig(sys)), { userAgent });
}

/** How soon what failed is tried again: `--retry-interval-start` and `--retry-interval-max` of every sidecar. */
export const SIDECAR_LIMITS: QueueLimits = { base: SECOND, max: 5 * MINUTE, rate: 10, burst: 100 };

/** Whether a driver or the API server refused or did not answer; it is tried again. Anything else is a bug. */
export function isPassingFailure(error: unknown): error is Error {
  return error instanceof CsiError || error instanceof StatusError || isUnreachable(error);
}
