import { StatusError } from '../../api/status.js';
import type { ApiClient } from '../../client/client.js';
import type { ComponentLog } from '../../client/component/log.js';
import { errorText, isUnreachable } from '../../client/go-errors.js';
import { RESOURCES } from '../../client/resource-types.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';

interface VersionInfo {
  readonly major?: string;
  readonly minor?: string;
  readonly gitVersion?: string;
  readonly gitTreeState?: string;
  readonly gitCommit?: string;
  readonly platform?: string;
}

const RESTRICTED =
  '✖ The cluster seems to be running with a restrictive Authorization mode and the Ingress controller does not have the required permissions to operate normally';

/**
 * What the controller wants to know before it begins (cmd/nginx main.go): the API server's version, asked until it
 * answers, and whether the service whose address is published is there. Gives what it cannot go on with.
 */
export function* checkCluster(
  sys: Sys,
  log: ComponentLog,
  client: ApiClient,
  publishService: string,
): Waiting<string | undefined> {
  const info = yield* versionOf(sys, client);
  log.info(
    'Running in Kubernetes cluster',
    {
      major: info.major,
      minor: info.minor,
      git: info.gitVersion,
      state: info.gitTreeState,
      commit: info.gitCommit,
      platform: info.platform,
    },
    'main.go:248',
  );
  if (publishService === '') return undefined;
  const [namespace = '', name = ''] = publishService.split('/');
  try {
    yield* client.get(RESOURCES.services, name, namespace);
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) {
      if (!isUnreachable(error)) throw error;
      return errorText(error);
    }
    if (error.status.code === 401 || error.status.code === 403) return RESTRICTED;
    if (error.status.code !== 404) return error.message;
    log.warning(`No service with name ${name} found in namespace ${namespace}: ${error.message}`, 'main.go:287');
    return undefined;
  }
}

function* versionOf(sys: Sys, client: ApiClient): Waiting<VersionInfo> {
  for (;;) {
    try {
      const answer = yield* client.raw({ method: 'GET', target: '/version', headers: { accept: 'application/json' } });
      return (answer.object ?? JSON.parse(decodeText(answer.body ?? new Uint8Array()))) as VersionInfo;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      yield* sys.sleep(SECOND);
    }
  }
}
