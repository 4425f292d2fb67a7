import { createHash } from 'node:crypto';
import { decodeKind } from '../../api/decode.js';
import { kindType } from '../../api/facts/fact-types.js';
import { printFieldError } from '../../api/field-error.js';
import { goQuote } from '../../api/go-text.js';
import { podKind } from '../../api/kinds/pod.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { configMapNames, secretNames } from '../../api/pod-references.js';
import type { Pod } from '../../api/types/pod.js';
import { compactJson } from '../../api/yaml/json-writer.js';
import { readYaml } from '../../api/yaml/read.js';
import { CONFIG_HASH, CONFIG_SEEN, CONFIG_SOURCE } from './static-annotations.js';

/** Where a manifest was found, and when. */
interface ManifestOrigin {
  readonly path: string;
  readonly nodeName: string;
  readonly seen: string;
}

/** A manifest that cannot be run; the message is kubelet's. */
export class ManifestError extends Error {}

/**
 * A static pod from a manifest's text: decoded, defaulted and validated as the API server would (config.tryDecodeSinglePod).
 * Throws `ManifestError`.
 */
export function readManifest(text: string, origin: ManifestOrigin): Pod {
  const pod = decodePod(text, origin.path);
  if (!pod.metadata.name) throw new ManifestError('invalid pod: name is needed for the pod');
  podKind.applyDefaults(pod);
  placePod(pod, text, origin);
  const errors = podKind.validateCreate(pod);
  if (errors.length > 0) throw new ManifestError(`invalid pod: [${errors.map(printFieldError).join(' ')}]`);
  const reference = apiReference(pod);
  if (reference !== undefined) throw new ManifestError(`static pods may not reference ${reference}`);
  return pod;
}

function decodePod(text: string, path: string): Pod {
  const failure = (why: string) =>
    new ManifestError(`${path}: couldn't parse as pod(${why}), please check config file`);
  let value: unknown;
  try {
    value = readYaml(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw failure(error.message);
  }
  if (value !== null && !isJsonObject(value)) throw failure(notAnObject(value));
  const { apiVersion, kind } = value ?? ({} as JsonObject);
  if (typeof kind !== 'string' || kind === '') throw failure(`Object 'Kind' is missing in '${compactJson(value)}'`);
  if (typeof apiVersion !== 'string' || apiVersion === '')
    throw failure(`Object 'apiVersion' is missing in '${compactJson(value)}'`);
  if (!kindType(apiVersion, kind))
    throw failure(
      `no kind ${goQuote(kind)} is registered for version ${goQuote(apiVersion)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    );
  const decoded = decodeKind(apiVersion, kind, value);
  if (decoded?.typeError !== undefined) throw failure(decoded.typeError);
  if (!decoded || apiVersion !== 'v1' || kind !== 'Pod')
    throw failure(`invalid pod: &${apiVersion.includes('/') ? apiVersion.split(/[./]/)[0] : 'core'}.${kind}{}`);
  const { object } = decoded as { object: JsonObject };
  return { ...object, metadata: object['metadata'] ?? {}, spec: object['spec'] ?? {} } as unknown as Pod;
}

function notAnObject(value: unknown): string {
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const type =
    'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';
  return `couldn't get version/kind; json parse error: json: cannot unmarshal ${found} into Go value of type ${type}`;
}

/** Gives a pod the name, UID and marks of where it comes from (config.applyDefaults). */
function placePod(pod: Pod, text: string, { path, nodeName, seen }: ManifestOrigin): void {
  const { metadata, spec } = pod;
  const hash = createHash('md5').update(`host:${nodeName}file:${path}${text}`).digest('hex');
  metadata.uid ||= hash;
  metadata.name = `${metadata.name}-${nodeName.toLowerCase()}`;
  metadata.namespace ||= 'default';
  metadata.annotations = { ...metadata.annotations, [CONFIG_HASH]: hash, [CONFIG_SEEN]: seen, [CONFIG_SOURCE]: 'file' };
  spec.nodeName = nodeName;
  const own = (spec.tolerations ?? []).filter(
    ({ key, operator, effect }) => key || operator !== 'Exists' || effect !== 'NoExecute',
  );
  spec.tolerations = [...own, { operator: 'Exists', effect: 'NoExecute' }];
}

/** What a pod needs of the API, which static pods may not (podutil.HasAPIObjectReference). */
function apiReference(pod: Pod): string | undefined {
  const { serviceAccountName, volumes = [] } = pod.spec;
  if (serviceAccountName) return 'serviceaccounts';
  if (secretNames(pod).length > 0) return 'secrets';
  if (configMapNames(pod).length > 0) return 'configmaps';
  if ((pod.spec as { resourceClaims?: unknown[] }).resourceClaims?.length) return 'resourceclaims';
  for (const volume of volumes as Record<string, unknown>[]) {
    if (volume['csi']) return 'csidrivers (via CSI volumes)';
    if (volume['glusterfs']) return 'endpoints (via glusterFS volumes)';
    if (volume['persistentVolumeClaim']) return 'persistentvolumeclaims';
    if (volume['ephemeral']) return 'persistentvolumeclaims (via ephemeral volumes)';
    const { sources = [] } = (volume['projected'] ?? {}) as { sources?: Record<string, unknown>[] };
    for (const source of sources) {
      if (source['serviceAccountToken']) return 'serviceaccounts (via projected volumes)';
      if (source['clusterTrustBundle']) return 'clustertrustbundles';
      if (source['podCertificate']) return 'podcertificates';
    }
  }
  return undefined;
}
