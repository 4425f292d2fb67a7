import type { AdmissionRule } from '../../api/types/admission.js';
import type { ApiClient } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { type DiscoveredResource, discoverAll } from '../machinery/discovery.js';

/** A kind by its full name. */
export interface GroupVersionKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const KINDS_MAX = 10;

/**
 * The kinds that rules name, in the order of their names. Rules with a star in group or version name none, nor do stars
 * and subresources among the resources; of one rule ten kinds are enough.
 */
export function* kindsOf(client: ApiClient, rules: readonly AdmissionRule[]): Waiting<GroupVersionKind[]> {
  const wanted = rules.flatMap(({ apiGroups = [], apiVersions = [], resources = [] }) => {
    if ([...apiGroups, ...apiVersions].some((name) => name.includes('*'))) return [];
    const plain = resources.filter((name) => !/[*/]/.test(name));
    return [[...apiGroups].sort().flatMap((group) => namesOf(group, apiVersions, plain))];
  });
  if (wanted.every((names) => names.length === 0)) return [];
  const served = yield* discoverAll(client);
  const found = new Map<string, GroupVersionKind>();
  for (const names of wanted) {
    const kinds = names.flatMap((name) => served.filter((resource) => answersTo(resource, name)));
    for (const { group, version, kind } of kinds.slice(0, KINDS_MAX)) {
      found.set(`${group} ${version} ${kind}`, { group, version, kind });
    }
    if (kinds.length >= KINDS_MAX) break;
  }
  return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, kind]) => kind);
}

interface Name {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
}

function namesOf(group: string, versions: readonly string[], resources: readonly string[]): Name[] {
  const sorted = [...resources].sort();
  return [...versions].sort().flatMap((version) => sorted.map((resource) => ({ group, version, resource })));
}

/** A name without a group may be of any; singular and plural are the same. */
function answersTo({ group, version, resource, singular }: DiscoveredResource, wanted: Name): boolean {
  if ((wanted.group !== '' && wanted.group !== group) || wanted.version !== version) return false;
  return wanted.resource === resource || wanted.resource === singular;
}
