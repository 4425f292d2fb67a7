import { isJsonObject, type JsonObject } from '../../api/object.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { decodeText } from '../../kernel/bytes.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { SyncError } from './failures.js';

/** Every resource the server prefers to serve and that knows all of the verbs; subresources are left out. */
export function* discoverResources(client: ApiClient, verbs: readonly string[]): Waiting<ResourceType[]> {
  const resources = yield* resourcesOf(client, '', 'v1', verbs);
  const groups = yield* getObject(client, '/apis');
  for (const group of list(groups['groups'])) {
    const preferred = group['preferredVersion'];
    const version = isJsonObject(preferred) ? String(preferred['version']) : '';
    if (version !== '') resources.push(...(yield* resourcesOf(client, String(group['name']), version, verbs)));
  }
  return resources;
}

function* resourcesOf(
  client: ApiClient,
  group: string,
  version: string,
  verbs: readonly string[],
): Waiting<ResourceType[]> {
  const answer = yield* getObject(client, group === '' ? `/api/${version}` : `/apis/${group}/${version}`);
  return list(answer['resources'])
    .filter((entry) => !String(entry['name']).includes('/'))
    .filter((entry) => verbs.every((verb) => Array.isArray(entry['verbs']) && entry['verbs'].includes(verb)))
    .map((entry) => ({
      group,
      version,
      resource: String(entry['name']),
      kind: String(entry['kind']),
      namespaced: entry['namespaced'] === true,
    }));
}

function* getObject(client: ApiClient, target: string): Waiting<JsonObject> {
  const response: HttpResponse = yield* client.raw({ method: 'GET', target, headers: { accept: 'application/json' } });
  if (response.status !== 200) throw new SyncError(`unable to retrieve the complete list of server APIs: ${target}`);
  const answer: unknown = response.object ?? JSON.parse(decodeText(response.body ?? new Uint8Array()));
  return isJsonObject(answer) ? answer : {};
}

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
