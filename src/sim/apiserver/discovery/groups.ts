import type { ServerParts } from '../parts.js';
import { subresourcesOf } from './resources.js';

/** Groups in the order aggregated servers list them. */
function groupNames(parts: ServerParts): string[] {
  return [...parts.kinds.groups().keys()].filter((group) => group !== '');
}

/** GET /api. */
export function coreVersions(parts: ServerParts): object {
  const { address, port } = parts.advertise;
  return {
    kind: 'APIVersions',
    versions: parts.kinds.groups().get('') ?? [],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: `${address}:${port}` }],
  };
}

/** GET /apis. */
export function groupList(parts: ServerParts): object {
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groupNames(parts).map((name) => groupOf(parts, name)) };
}

/** GET /apis/<group>, undefined when there is none. */
export function oneGroup(parts: ServerParts, name: string): object | undefined {
  if (!parts.kinds.groups().has(name) || name === '') return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(parts, name) };
}

function groupOf(parts: ServerParts, name: string): object {
  const versions = (parts.kinds.groups().get(name) ?? []).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

/** Aggregated discovery (APIGroupDiscoveryList): of the core group at /api, of all others at /apis. */
export function aggregated(parts: ServerParts, prefix: 'api' | 'apis', apiVersion: string): object {
  const groups = prefix === 'api' ? [''] : groupNames(parts);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion,
    metadata: {},
    items: groups.map((group) => ({
      metadata: group === '' ? { creationTimestamp: null } : { name: group, creationTimestamp: null },
      versions: (parts.kinds.groups().get(group) ?? []).map((version) => ({
        version,
        resources: resourcesOf(parts, group, version),
        freshness: 'Current',
      })),
    })),
  };
}

function resourcesOf(parts: ServerParts, group: string, version: string): object[] {
  return parts.kinds
    .all()
    .filter((kind) => kind.group === group && kind.version === version)
    .map((kind) => ({
      resource: kind.plural,
      responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.singular,
      verbs: [...kind.verbs].sort(),
      ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
      ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
      ...subresourceEntries(kind),
    }));
}

function subresourceEntries(kind: Parameters<typeof subresourcesOf>[0]): object {
  const entries = subresourcesOf(kind).map(({ name, verbs, body }) => ({
    subresource: name,
    responseKind: { group: body.group || kind.group, version: body.version || kind.version, kind: body.kind },
    verbs,
  }));
  return entries.length > 0 ? { subresources: entries } : {};
}
