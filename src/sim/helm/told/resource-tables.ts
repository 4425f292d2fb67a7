import { isJsonObject, type KubeObject } from '../../api/object.js';
import type { ResourceType } from '../../client/client.js';
import { collectionPath, objectPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import { asTable } from '../../kubectl/get/tables.js';
import { TablePrinter } from '../../kubectl/output/table.js';
import { TABLE_ACCEPT } from '../../kubectl/rest.js';
import type { ActionContext } from '../action/context.js';
import { rethrowFault } from '../errors.js';
import type { Resource } from '../kube/client.js';

const PODS: ResourceType = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
const WITH_PODS = new Set(['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

/** The objects of a manifest as the server shows them, kinds under their titles, with the pods behind them. */
export function* resourceTables(context: ActionContext, manifest: string): Waiting<string> {
  const tables = new Map<string, KubeObject[]>();
  yield* visit(context, manifest, TABLE_ACCEPT, (title, object) =>
    tables.set(title, [...(tables.get(title) ?? []), object]),
  );
  const now = context.run.sys.now();
  let columns = '';
  const parts = [...tables].map(([title, objects]) => {
    const texts = objects.map((object) => {
      const table = asTable(object, now);
      const own = JSON.stringify(table.columnDefinitions ?? []);
      const printer = new TablePrinter({ noHeaders: own === columns });
      columns = own;
      return printer.print(table) + printer.flush();
    });
    return `==> ${title}\n${texts.join('')}\n`;
  });
  return parts.join('');
}

/** The same objects themselves, by version and kind. */
export function* resourceObjects(
  context: ActionContext,
  manifest: string,
): Waiting<Readonly<Record<string, readonly KubeObject[]>>> {
  const found: Record<string, KubeObject[]> = {};
  yield* visit(context, manifest, undefined, (title, object) => {
    found[title] = [...(found[title] ?? []), object];
  });
  return found;
}

function* visit(
  { client }: ActionContext,
  manifest: string,
  accept: string | undefined,
  add: (title: string, object: KubeObject) => void,
): Waiting<void> {
  const seen = new Set<string>();
  for (const resource of yield* client.build(manifest)) {
    const { mapping, name, namespace, object } = resource;
    const query = accept ? { includeObject: 'Object' } : undefined;
    try {
      const path = objectPath(mapping, name, namespace);
      add(`${mapping.version}/${mapping.kind}`, yield* client.rest().send({ method: 'GET', path, accept, query }));
    } catch (error) {
      rethrowFault(error);
      continue;
    }
    const selector = selectorOf({ ...resource, object });
    if (selector === undefined || seen.has(selector)) continue;
    seen.add(selector);
    const path = collectionPath(PODS, namespace);
    const list = yield* client
      .rest()
      .send({ method: 'GET', path, accept, query: { ...query, labelSelector: selector } });
    if (accept) {
      if (((list as { rows?: unknown[] }).rows ?? []).length > 0) add('v1/Pod(related)', list);
    } else for (const pod of (list as { items?: KubeObject[] }).items ?? []) add('v1/Pod(related)', pod);
  }
}

/** Which pods an object of a manifest stands for. */
function selectorOf({ mapping, object }: Resource): string | undefined {
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const selector = isJsonObject(spec['selector']) ? spec['selector'] : undefined;
  const labels =
    mapping.kind === 'ReplicationController'
      ? selector
      : WITH_PODS.has(mapping.kind)
        ? selector?.['matchLabels']
        : undefined;
  if (!isJsonObject(labels)) return undefined;
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}
