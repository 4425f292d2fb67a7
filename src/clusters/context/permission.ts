import type { ManifestObject } from '../real/manifests.js';
import type { NamedObject } from '../real/named-objects.js';
import { type Ask, mustList } from '../real/resources.js';
import type { Grounds } from './grounds.js';
import { reachesNodes } from './reaches-nodes.js';

/** Kinds by which whoever makes them gets at what others have: rights, or a say in what is asked of the API server. */
const OF_ALL = new Set([
  'apiservices.apiregistration.k8s.io',
  'certificatesigningrequests.certificates.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'mutatingadmissionpolicybindings.admissionregistration.k8s.io',
  'mutatingwebhookconfigurations.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
  'validatingwebhookconfigurations.admissionregistration.k8s.io',
]);
const CLAIMING = new Set(['PersistentVolumeClaim', 'StatefulSet']);

interface Volume {
  readonly metadata: { readonly name: string };
  readonly status?: { readonly phase?: string };
}

/**
 * What a lab may do on somebody's cluster beyond pods in namespaces of its own, a clause each: of that the person is asked.
 * Throws `ClusterError` when it cannot be told.
 */
export async function clausesOf(
  ask: Ask,
  { used, objects }: Pick<Grounds, 'used' | 'objects'>,
  manifests: readonly ManifestObject[],
  named: readonly NamedObject[],
): Promise<readonly string[]> {
  const ofAll = objects.filter((place) => OF_ALL.has(place.split('/')[0] ?? '')).map(inWords);
  const claims = [...manifests, ...named].some(({ kind }) => CLAIMING.has(kind));
  const volumes = claims ? await mustList<Volume>(ask, '/api/v1/persistentvolumes') : [];
  const free = volumes.filter(({ status }) => status?.phase === 'Available').map(({ metadata }) => metadata.name);
  return [
    ...(manifests.some(reachesNodes)
      ? ['makes pods or volumes that get at files, networks or rights of the nodes']
      : []),
    ...(ofAll.length === 0 ? [] : [`may give itself rights, or a say, in the whole cluster (${ofAll.join(', ')})`]),
    ...used.map((name) => `uses namespace ${name}, which is empty now, and deletes all that is in it in the end`),
    ...(free.length === 0 ? [] : [`may claim volumes that are free there, and what is on them (${free.join(', ')})`]),
  ];
}

/** `clusterrolebindings.rbac.authorization.k8s.io/reader` is `clusterrolebindings reader`. */
function inWords(place: string): string {
  const [kind = '', name = ''] = place.split(/\/(.*)/s);
  return `${name === '*' ? 'any' : ''} ${kind.split('.')[0]} ${name === '*' ? '' : name}`.trim();
}
