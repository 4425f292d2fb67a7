/** What discovery tells of the groups that other servers serve. */
import { isJsonObject, type JsonObject } from '../../../api/object.js';
import type { ServerParts } from '../../parts.js';
import { isAvailable, remoteServices } from './remote-services.js';

/** Versions of a remote group as aggregated discovery tells them: stale where nobody answers. */
export function remoteVersions(parts: ServerParts, group: string): object[] {
  const remote = remoteServices(parts.etcd);
  return (remote.groups().get(group) ?? []).map((version) => {
    const service = remote.find(group, version);
    const told = service && isAvailable(service) ? remote.told.get(`${group}/${version}`) : undefined;
    if (!told) return { version, freshness: 'Stale' };
    return {
      version,
      resources: told.filter(isMain).map((one) => aggregated(one, told, group, version)),
      freshness: 'Current',
    };
  });
}

function isMain(resource: JsonObject): boolean {
  return !String(resource['name']).includes('/');
}

function aggregated(resource: JsonObject, all: readonly JsonObject[], group: string, version: string): object {
  const name = String(resource['name']);
  const subresources = all.filter((one) => String(one['name']).startsWith(`${name}/`));
  const kindOf = (one: JsonObject) => ({
    group: String(one['group'] ?? group),
    version: String(one['version'] ?? version),
    kind: String(one['kind']),
  });
  return {
    resource: name,
    responseKind: kindOf(resource),
    scope: resource['namespaced'] === true ? 'Namespaced' : 'Cluster',
    singularResource: String(resource['singularName'] ?? ''),
    verbs: resource['verbs'] ?? [],
    ...(resource['shortNames'] ? { shortNames: resource['shortNames'] } : {}),
    ...(resource['categories'] ? { categories: resource['categories'] } : {}),
    ...(subresources.length > 0
      ? {
          subresources: subresources.filter(isJsonObject).map((one) => ({
            subresource: String(one['name']).slice(name.length + 1),
            responseKind: kindOf(one),
            verbs: one['verbs'] ?? [],
          })),
        }
      : {}),
  };
}
