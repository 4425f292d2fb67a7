import { isJsonObject, type JsonObject } from '../../api/object.js';
import type { ApiClient, ResourceType } from '../../client/client.js';
import { decodeText } from '../../kernel/bytes.js';
import { madeOnce } from '../../kernel/made-once.js';
import type { HttpResponse } from '../../kernel/network.js';
import type { Waiting } from '../../kernel/wait.js';
import { SyncError } from './failures.js';

const TRANSFORM = 'g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
const AGGREGATED = `application/vnd.kubedrill.object;${TRANSFORM},application/json;${TRANSFORM}`;

/**
 * Every resource the server prefers to serve and that knows all of the verbs; subresources are left out. Two requests,
 * by aggregated discovery.
 */
export function* discoverResources(client: ApiClient, verbs: readonly string[]): Waiting<ResourceType[]> {
  const core = preferredOf(yield* groupsAt(client, '/api'), verbs);
  return [...core, ...preferredOf(yield* groupsAt(client, '/apis'), verbs)];
}

/** What was read of a list by the verbs that were asked for: a server that serves what it served gives the same list. */
const read = madeOnce((_groups: readonly JsonObject[]) => new Map<string, readonly ResourceType[]>());

function preferredOf(groups: readonly JsonObject[], verbs: readonly string[]): readonly ResourceType[] {
  const known = read(groups);
  const asked = verbs.join();
  const before = known.get(asked);
  if (before) return before;
  const resources = groups.flatMap((group) => preferredResources(group, verbs));
  known.set(asked, resources);
  return resources;
}

/** One resource in one of the versions it is served in. */
export interface DiscoveredResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
}

/** Every resource in every version that is served; subresources are left out. */
export function* discoverAll(client: ApiClient): Waiting<DiscoveredResource[]> {
  const groups = [...(yield* groupsAt(client, '/api')), ...(yield* groupsAt(client, '/apis'))];
  return groups.flatMap(({ metadata, versions }) =>
    list(versions).flatMap(({ version, resources }) =>
      list(resources).map((entry) => ({
        group: isJsonObject(metadata) ? String(metadata['name'] ?? '') : '',
        version: String(version),
        resource: String(entry['resource']),
        singular: String(entry['singularResource'] ?? ''),
        kind: isJsonObject(entry['responseKind']) ? String(entry['responseKind']['kind']) : '',
      })),
    ),
  );
}

/** The resources of a group's first version. */
function preferredResources({ metadata, versions }: JsonObject, verbs: readonly string[]): ResourceType[] {
  const [preferred] = list(versions);
  if (!preferred) return [];
  const group = isJsonObject(metadata) ? String(metadata['name'] ?? '') : '';
  return list(preferred['resources'])
    .filter((entry) => verbs.every((verb) => Array.isArray(entry['verbs']) && entry['verbs'].includes(verb)))
    .map((entry) => ({
      group,
      version: String(preferred['version']),
      resource: String(entry['resource']),
      kind: isJsonObject(entry['responseKind']) ? String(entry['responseKind']['kind']) : '',
      namespaced: entry['scope'] === 'Namespaced',
    }));
}

function* groupsAt(client: ApiClient, target: string): Waiting<readonly JsonObject[]> {
  const response: HttpResponse = yield* client.raw({ method: 'GET', target, headers: { accept: AGGREGATED } });
  if (response.status !== 200) throw new SyncError(`unable to retrieve the complete list of server APIs: ${target}`);
  const answer: unknown = response.object ?? JSON.parse(decodeText(response.body ?? new Uint8Array()));
  return isJsonObject(answer) ? groupsOf(answer) : [];
}

const groupsOf = madeOnce(({ items }: JsonObject): readonly JsonObject[] => list(items));

function list(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
