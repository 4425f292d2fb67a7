import { createHash } from 'node:crypto';
import { type ServedKind, storedKind } from '../served-kind.js';

/** One line of an APIResourceList. */
interface ApiResource {
  name: string;
  singularName: string;
  namespaced: boolean;
  group?: string;
  version?: string;
  kind: string;
  verbs: readonly string[];
  shortNames?: readonly string[];
  categories?: readonly string[];
  storageVersionHash?: string;
}

/** Subresources whose body is of another kind than their parent. */
const BODIES: Readonly<Record<string, { group: string; version: string; kind: string }>> = {
  'pods/attach': { group: '', version: '', kind: 'PodAttachOptions' },
  'pods/binding': { group: '', version: '', kind: 'Binding' },
  'pods/eviction': { group: 'policy', version: 'v1', kind: 'Eviction' },
  'pods/exec': { group: '', version: '', kind: 'PodExecOptions' },
  'pods/portforward': { group: '', version: '', kind: 'PodPortForwardOptions' },
  'pods/proxy': { group: '', version: '', kind: 'PodProxyOptions' },
  'nodes/proxy': { group: '', version: '', kind: 'NodeProxyOptions' },
  'services/proxy': { group: '', version: '', kind: 'ServiceProxyOptions' },
  'serviceaccounts/token': { group: 'authentication.k8s.io', version: 'v1', kind: 'TokenRequest' },
};
const VERBS: Readonly<Record<string, readonly string[]>> = {
  attach: ['create', 'get'],
  binding: ['create'],
  ephemeralcontainers: ['get', 'patch', 'update'],
  eviction: ['create'],
  exec: ['create', 'get'],
  finalize: ['update'],
  log: ['get'],
  portforward: ['create', 'get'],
  proxy: ['create', 'delete', 'get', 'patch', 'update'],
  resize: ['get', 'patch', 'update'],
  scale: ['get', 'patch', 'update'],
  status: ['get', 'patch', 'update'],
  token: ['create'],
};

/** Kinds that the real server still keeps in an older version than it serves. */
const KEPT_IN: Readonly<Record<string, string>> = {
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': 'v1beta1',
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': 'v1beta1',
  'apiextensions.k8s.io/CustomResourceDefinition': 'v1beta1',
};

/** What can be done with a kind, as discovery tells it. Of one that is going away nothing is made or changed. */
export function toldVerbs({ custom, verbs }: ServedKind): readonly string[] {
  if (!custom) return [...verbs].sort();
  return custom.terminating ? verbs.filter((verb) => !['create', 'patch', 'update'].includes(verb)) : verbs;
}

/** A kind's subresources with verbs and the kind of their body. */
export function subresourcesOf(
  kind: ServedKind,
): { name: string; verbs: readonly string[]; body: { group: string; version: string; kind: string } }[] {
  const names = kind.custom ? kind.subresources : [...kind.subresources].sort();
  return names.map((name) => {
    const facts = kind.subresourceFacts.find((one) => one.name === name);
    const scale = name === 'scale' ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : undefined;
    const body = facts?.body ??
      scale ??
      BODIES[`${kind.plural}/${name}`] ?? { group: '', version: '', kind: kind.kind };
    const isOwn = body.group === kind.group && body.version === kind.version;
    const told = isOwn ? { group: '', version: '', kind: body.kind } : body;
    return { name, verbs: facts?.verbs ?? VERBS[name] ?? ['get'], body: told };
  });
}

/** The APIResourceList of a group version. */
export function resourceList(kinds: readonly ServedKind[], group: string, version: string): object {
  const own = kinds.filter((kind) => kind.group === group && kind.version === version);
  const resources = own.flatMap(entriesOf);
  if (!own[0]?.custom) resources.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    kind: 'APIResourceList',
    ...(group === '' ? {} : { apiVersion: 'v1' }),
    groupVersion: group === '' ? version : `${group}/${version}`,
    resources,
  };
}

/** What can be read back is kept somewhere, but for the state of components, which is asked for each time. */
function isStored({ verbs }: ServedKind): boolean {
  return verbs.includes('get') && verbs.includes('update');
}

/** The first eight bytes of a hash of the version that etcd holds. */
function storageVersionHash(kind: ServedKind): string {
  const {
    group,
    version,
    kind: name,
  } = kind.custom
    ? { ...kind, version: kind.custom.definition.spec.versions?.find(({ storage }) => storage)?.name ?? kind.version }
    : storedKind(kind);
  const kept = KEPT_IN[`${group}/${name}`] ?? version;
  return createHash('sha256').update(`${group}/${kept}/${name}`).digest().subarray(0, 8).toString('base64');
}

function entriesOf(kind: ServedKind): ApiResource[] {
  const main: ApiResource = {
    name: kind.plural,
    singularName: kind.singular,
    namespaced: kind.namespaced,
    kind: kind.kind,
    verbs: toldVerbs(kind),
    ...(kind.shortNames.length > 0 ? { shortNames: kind.shortNames } : {}),
    ...(kind.categories.length > 0 ? { categories: kind.categories } : {}),
    ...(isStored(kind) ? { storageVersionHash: storageVersionHash(kind) } : {}),
  };
  const others = subresourcesOf(kind).map(
    ({ name, verbs, body }): ApiResource => ({
      name: `${kind.plural}/${name}`,
      singularName: '',
      namespaced: kind.namespaced,
      ...(body.version === '' ? {} : { group: body.group, version: body.version }),
      kind: body.kind,
      verbs,
    }),
  );
  return [main, ...others];
}
