import { madeOnce } from '../../kernel/made-once.js';
import { remoteVersions } from '../extensions/aggregation/remote-discovery.js';
import { remoteServices } from '../extensions/aggregation/remote-services.js';
import type { ServerParts } from '../parts.js';
import type { ServedKind } from '../served-kind.js';
import { subresourcesOf, toldVerbs } from './resources.js';

/** Built-in groups in the order of their priorities (recorded from kube-apiserver v1.36.0). */
const BUILT_IN: readonly string[] = [
  'apiregistration.k8s.io',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'scheduling.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'discovery.k8s.io',
  'resource.k8s.io',
  'flowcontrol.apiserver.k8s.io',
];

/** Groups in the order aggregated servers list them: custom ones come last, by name. */
function groupNames(parts: ServerParts): string[] {
  const names = [...parts.kinds.groups().keys()].filter((group) => group !== '');
  const remote = [...remoteServices(parts.etcd).groups().keys()];
  const own = [...new Set([...names.filter((name) => !BUILT_IN.includes(name)), ...remote])].sort();
  return [...BUILT_IN.filter((name) => names.includes(name)), ...own];
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
  if (name === '' || versionsOf(parts, name).length === 0) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(parts, name) };
}

function groupOf(parts: ServerParts, name: string): object {
  const versions = versionsOf(parts, name).map((version) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions, preferredVersion: versions[0] };
}

/** Versions that are served here and by others. */
function versionsOf(parts: ServerParts, name: string): string[] {
  const remote = remoteServices(parts.etcd).groups().get(name) ?? [];
  return [...new Set([...(parts.kinds.groups().get(name) ?? []), ...remote])];
}

/** What was told last, for as long as the same kinds are served. */
const toldBefore = madeOnce((_kinds: readonly ServedKind[]) => new Map<string, object>());

/**
 * Aggregated discovery (APIGroupDiscoveryList): of the core group at /api, of all others at /apis. The same object as long
 * as nothing changes; what others serve is looked up each time.
 */
export function aggregated(parts: ServerParts, prefix: 'api' | 'apis', apiVersion: string): object {
  if (remoteServices(parts.etcd).all().length > 0) return aggregatedNow(parts, prefix, apiVersion);
  const told = toldBefore(parts.kinds.all());
  const asked = `${prefix} ${apiVersion}`;
  const list = told.get(asked) ?? aggregatedNow(parts, prefix, apiVersion);
  told.set(asked, list);
  return list;
}

function aggregatedNow(parts: ServerParts, prefix: 'api' | 'apis', apiVersion: string): object {
  const groups = prefix === 'api' ? [''] : groupNames(parts);
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion,
    metadata: {},
    items: groups.map((group) => ({
      metadata: group === '' ? {} : { name: group },
      versions: [
        ...(parts.kinds.groups().get(group) ?? []).map((version) => ({
          version,
          resources: resourcesOf(parts, group, version),
          freshness: 'Current',
        })),
        ...remoteVersions(parts, group),
      ],
    })),
  };
}

function resourcesOf(parts: ServerParts, group: string, version: string): object[] {
  return parts.kinds
    .all()
    .filter((kind) => kind.group === group && kind.version === version)
    .sort((a, b) => (a.plural < b.plural ? -1 : 1))
    .map((kind) => ({
      resource: kind.plural,
      // Group and version are told only where they are other ones than where the resource stands.
      responseKind: kind.custom ? { group, version, kind: kind.kind } : { group: '', version: '', kind: kind.kind },
      scope: kind.namespaced ? 'Namespaced' : 'Cluster',
      singularResource: kind.singular,
      verbs: toldVerbs(kind),
      ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
      ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
      ...subresourceEntries(kind),
    }));
}

function subresourceEntries(kind: Parameters<typeof subresourcesOf>[0]): object {
  const entries = subresourcesOf(kind).map(({ name, verbs, body }) => ({
    subresource: name,
    responseKind: kind.custom
      ? { group: body.group || kind.group, version: body.version || kind.version, kind: body.kind }
      : { group: body.group, version: body.version, kind: body.kind },
    verbs,
  }));
  return entries.length > 0 ? { subresources: entries } : {};
}
