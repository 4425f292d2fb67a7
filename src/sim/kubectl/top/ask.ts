import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError } from '../errors.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';

const GROUP = 'metrics.k8s.io';
const VERSION = 'v1beta1';

/** A kind of the API of metrics. */
function metricsType(resource: 'nodes' | 'pods'): ResourceType {
  const isPods = resource === 'pods';
  return { group: GROUP, version: VERSION, resource, kind: isPods ? 'PodMetrics' : 'NodeMetrics', namespaced: isPods };
}

/** Without a metrics server nobody knows what is used. Throws `CommandError` where none serves the API. */
export function* requireMetrics(session: Session): Waiting<void> {
  const groups = yield* session.discovery().groups();
  const served = groups.some(({ name, versions }) => name === GROUP && versions.includes(VERSION));
  if (!served) throw new CommandError('Metrics API not available');
}

/** One object's metrics, or those of all that are meant. Throws `StatusError`. */
export function* askMetrics<T extends KubeObject>(
  session: Session,
  resource: 'nodes' | 'pods',
  { name, namespace, query }: { name: string | undefined; namespace: string; query: Query },
): Waiting<T[]> {
  const type = metricsType(resource);
  try {
    if (name !== undefined) return [yield* session.rest().get<T>(type, name, namespace)];
    return (yield* session.rest().list<T>(type, namespace, query)).items;
  } catch (error) {
    throw error instanceof StatusError
      ? worded(error, `${resource}.${GROUP}${name === undefined ? '' : ` ${name}`}`)
      : error;
  }
}

/** What client-go adds to a refusal that came without words of its own. */
function worded({ status }: StatusError, what: string): StatusError {
  const isWordless = status.details?.causes?.some(({ reason }) => reason === 'UnexpectedServerResponse') ?? false;
  return new StatusError(isWordless ? { ...status, message: `${status.message} (get ${what})` } : status);
}
