import { column, defineKind } from '../../api/kinds/kind.js';
import type { KubeObject } from '../../api/object.js';
import { methodNotAllowed, methodNotSupported, notFound, StatusError } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ServerParts } from '../parts.js';
import type { RequestContext } from '../request/context.js';
import { readSelection } from '../request/selection.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import type { ServedKind } from '../served-kind.js';

const HOST = '127.0.0.1';
const DEPRECATION = 'v1 ComponentStatus is deprecated in v1.19+';

interface Condition {
  readonly type: 'Healthy';
  readonly status: 'True' | 'False' | 'Unknown';
  readonly message?: string;
  readonly error?: string;
}

interface ComponentStatus extends KubeObject {
  conditions: Condition[];
}

/** The parts of a control plane that the server asks itself, on its own host. */
const COMPONENTS: Readonly<Record<string, (parts: ServerParts) => Waiting<Condition>>> = {
  scheduler: (parts) => healthz(parts, 10_259),
  'controller-manager': (parts) => healthz(parts, 10_257),
  'etcd-0': etcd,
};

/** core/v1 ComponentStatus: nothing is stored, every answer is asked for anew. */
export const componentStatusKind: ServedKind = defineKind({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  namespaced: false,
  shortNames: ['cs'],
  verbs: ['get', 'list'],
  storagePrefix: '',
  printer: {
    columns: [
      column('Name'),
      { name: 'Status', type: 'string', format: '', description: 'Status of the component conditions', priority: 0 },
      { name: 'Message', type: 'string', format: '', description: 'Message of the component conditions', priority: 0 },
      { name: 'Error', type: 'string', format: '', description: 'Error of the component conditions', priority: 0 },
    ],
    rows: (object) => [{ cells: cellsOf(object as ComponentStatus) }],
  },
});

/** GET of one component or of all. */
export function* readComponents(context: RequestContext): Waiting<Answer> {
  const { info, parts, query, warnings } = context;
  if (!['get', 'list', 'watch'].includes(info.verb)) throw new StatusError(methodNotAllowed());
  warnings.add(DEPRECATION);
  context.audit?.annotate('k8s.io/deprecated', 'true');
  if (info.verb === 'watch') {
    throw new StatusError(methodNotSupported({ group: '', resource: componentStatusKind.plural }, 'watch'));
  }
  if (info.verb === 'get') {
    const check = Object.hasOwn(COMPONENTS, info.name) ? COMPONENTS[info.name] : undefined;
    if (!check) throw new StatusError(notFound({ group: '', resource: 'componentstatus' }, info.name));
    return objectAnswer(statusOf(info.name, yield* check(parts)), 200, componentStatusKind);
  }
  const selection = readSelection(componentStatusKind, query);
  const items = [];
  for (const [name, check] of Object.entries(COMPONENTS)) {
    const status = statusOf(name, yield* check(parts));
    if (selection.matches(status)) items.push(status);
  }
  const list = { kind: 'ComponentStatusList', apiVersion: 'v1', metadata: {}, items };
  return objectAnswer(list, 200, componentStatusKind);
}

function statusOf(name: string, condition: Condition): ComponentStatus {
  return { kind: 'ComponentStatus', apiVersion: 'v1', metadata: { name }, conditions: [condition] };
}

/** The health of a component that serves it on a port of the server's host. */
function* healthz({ proxy }: ServerParts, port: number): Waiting<Condition> {
  const failed = (message: string): Condition => ({ type: 'Healthy', status: 'False', message });
  const refused = `dial tcp ${HOST}:${port}: connect: connection refused`;
  const because = (why: string) => failed(`Get "https://${HOST}:${port}/healthz": ${why}`);
  if (!proxy) return because(refused);
  try {
    const target = { scheme: 'https', address: HOST, port } as const;
    const answer = yield* proxy.request(target, { method: 'GET', target: '/healthz', headers: {} });
    if (answer.status >= 400) return failed(`HTTP probe failed with statuscode: ${answer.status}`);
    return { type: 'Healthy', status: 'True', message: decodeText(answer.body ?? new Uint8Array()) };
  } catch (error) {
    return because((error as Error).message);
  }
}

/** Whether the server has its etcd. */
function* etcd({ etcd: access }: ServerParts): Waiting<Condition> {
  if (access.current) return { type: 'Healthy', status: 'True', message: 'ok' };
  return { type: 'Healthy', status: 'False', error: 'context deadline exceeded' };
}

function cellsOf({ metadata, conditions }: ComponentStatus): unknown[] {
  const [condition] = conditions;
  const healthy = condition?.status === 'True' ? 'Healthy' : 'Unhealthy';
  return [metadata.name, healthy, condition?.message ?? '', condition?.error ?? ''];
}
