import { goQuote } from '../../../api/go-text.js';
import type { KubeObject } from '../../../api/object.js';
import type { Pod } from '../../../api/types/pod.js';
import type { Store } from '../../../store/store.js';
import { decide } from '../../authorization/decide.js';
import { objectOf } from '../../storage/stored-object.js';
import type { TokenRequest } from '../../subresources/token.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';
import { podNamed } from './pods.js';

interface Volume {
  readonly name: string;
  readonly projected?: { readonly sources?: readonly { readonly serviceAccountToken?: { audience?: string } }[] };
  readonly ephemeral?: { readonly volumeClaimTemplate?: unknown };
  readonly persistentVolumeClaim?: { readonly claimName: string };
  readonly csi?: { readonly driver: string };
}

/** A kubelet asks for tokens of its own pods' accounts, for audiences that these pods' volumes name. */
export function admitToken(node: string, request: AdmissionRequest): void {
  if (request.operation !== 'CREATE' || request.subresource !== 'token') return;
  const { spec } = request.object as TokenRequest;
  const { apiVersion, kind, name, uid } = spec.boundObjectRef ?? {};
  if (apiVersion !== 'v1' || kind !== 'Pod' || !name) {
    throw refusal(request, 'node requested token not bound to a pod');
  }
  if (!uid) throw refusal(request, 'node requested token with a pod binding without a uid');
  const pod = podNamed(request, name);
  if (uid !== pod.metadata.uid) {
    const words = `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`;
    throw refusal(request, words);
  }
  if (pod.spec.nodeName !== node) {
    throw refusal(request, 'node requested token bound to a pod scheduled on a different node');
  }
  checkAudience(request, pod, spec.audiences ?? []);
}

function checkAudience(request: AdmissionRequest, pod: Pod, audiences: readonly string[]): void {
  if (audiences.length > 1) throw refusal(request, 'node may only request 0 or 1 audiences');
  const [audience = ''] = audiences;
  const { errors, found } = search(request, pod, audience);
  if (found) return;
  const quoted = goQuote(audience);
  if (errors.length > 0) {
    const all = [...new Set(errors)];
    const text = all.length === 1 ? all[0] : `[${all.join(', ')}]`;
    throw refusal(request, `error validating audience ${quoted}: ${text}`);
  }
  const info = {
    isResource: true,
    path: '',
    verb: 'request-serviceaccounts-token-audience',
    group: '',
    version: 'v1',
    namespace: request.namespace,
    resource: audience,
    subresource: '',
    name: request.name,
    fieldSelector: undefined,
    labelSelector: undefined,
  };
  if (decide(request.parts, { user: request.user, info }).decision === 'allow') return;
  const { name } = request.user;
  const words = `audience ${quoted} not found in pod spec volume, ${name} is not authorized to request tokens for this audience`;
  throw refusal(request, words);
}

/** Looks for an audience in a pod's volumes, and in the drivers of those that a driver mounts. */
function search({ store }: AdmissionRequest, pod: Pod, audience: string): { found: boolean; errors: string[] } {
  const errors: string[] = [];
  for (const volume of (pod.spec.volumes ?? []) as unknown as Volume[]) {
    const sources = volume.projected?.sources ?? [];
    const named = sources.some(
      ({ serviceAccountToken: token }) => token !== undefined && (token.audience ?? '') === audience,
    );
    if (named) return { found: true, errors: [] };
    const driver = driverOf(store, pod, volume);
    if (driver.error !== undefined) errors.push(driver.error);
    if (!driver.name) continue;
    const known = read(store, `csidrivers/${driver.name}`);
    if (!known) {
      errors.push(`csidriver.storage.k8s.io "${driver.name}" not found`);
      continue;
    }
    const { tokenRequests = [] } = (known['spec'] ?? {}) as { tokenRequests?: { audience: string }[] };
    if (tokenRequests.some((one) => one.audience === audience)) return { found: true, errors: [] };
  }
  return { found: false, errors };
}

function driverOf(store: Store, pod: Pod, volume: Volume): { name?: string; error?: string } {
  if (volume.csi) return { name: volume.csi.driver };
  const claim = volume.ephemeral?.volumeClaimTemplate
    ? `${pod.metadata.name}-${volume.name}`
    : volume.persistentVolumeClaim?.claimName;
  if (claim === undefined) return {};
  const claimed = read(store, `persistentvolumeclaims/${pod.metadata.namespace}/${claim}`);
  if (!claimed) return { error: `persistentvolumeclaim "${claim}" not found` };
  const { volumeName = '' } = (claimed['spec'] ?? {}) as { volumeName?: string };
  const persistent = read(store, `persistentvolumes/${volumeName}`);
  if (!persistent) return { error: `persistentvolume "${volumeName}" not found` };
  const { csi } = (persistent['spec'] ?? {}) as { csi?: { driver: string } };
  return csi ? { name: csi.driver } : {};
}

function read(store: Store, path: string): KubeObject | undefined {
  const entry = store.get(`/registry/${path}`);
  return entry && objectOf(entry);
}
