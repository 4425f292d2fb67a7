/** What may change of a volume once it is there (ValidatePersistentVolumeUpdate). */
import { type FieldError, forbidden, invalid } from '../../field-error.js';
import { copyGiven } from '../../given-empties.js';
import { internalForm } from '../../internal-form.js';
import { isJsonObject, type JsonObject, semanticEqual } from '../../object.js';
import type { PersistentVolumeSpec } from '../../types/storage.js';
import { immutable } from '../meta.js';
import { unifiedDiff } from '../pod/unified-diff.js';
import { VOLUME_SOURCES } from './source-rules.js';

/** Labels of nodes that may be replaced by those that have come in their place. */
const LATER_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
};

/** The source, the mode and the place stay; a class of attributes is never taken away. */
export function validateVolumeUpdate(spec: PersistentVolumeSpec, old: PersistentVolumeSpec): FieldError[] {
  const errors: FieldError[] = [];
  const before = sourceOf(old);
  const after = withoutNewSecret(sourceOf(spec), before);
  if (!semanticEqual(after, before)) {
    const words = `spec.persistentvolumesource is immutable after creation\n${differenceOf(before, after)}`;
    errors.push(forbidden('spec.persistentvolumesource', words));
  }
  errors.push(...immutable('volumeMode', spec.volumeMode, old.volumeMode));
  if (old.nodeAffinity && !isSamePlace(spec.nodeAffinity, old.nodeAffinity)) {
    const shown = spec.nodeAffinity ? internalForm('core.v1.VolumeNodeAffinity', spec.nodeAffinity) : null;
    const words = 'field is immutable, except for updating from beta label to GA';
    errors.push(invalid('nodeAffinity', shown, words));
  }
  if (old.volumeAttributesClassName !== undefined && spec.volumeAttributesClassName === undefined) {
    errors.push(forbidden('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'));
  }
  return errors;
}

function sourceOf(spec: PersistentVolumeSpec): JsonObject {
  return Object.fromEntries(VOLUME_SOURCES.filter((name) => spec[name]).map((name) => [name, spec[name]]));
}

/** The secret for growing may be added later. */
function withoutNewSecret(source: JsonObject, before: JsonObject): JsonObject {
  const { csi } = source;
  const { csi: old } = before;
  if (!isJsonObject(csi) || !isJsonObject(old) || !csi['controllerExpandSecretRef']) return source;
  if (old['controllerExpandSecretRef']) return source;
  const rest = copyGiven(csi);
  delete rest['controllerExpandSecretRef'];
  return { ...source, csi: rest };
}

function differenceOf(before: JsonObject, after: JsonObject): string {
  const shown = (source: JsonObject) => JSON.stringify(internalForm('core.v1.PersistentVolumeSource', source), null, 1);
  return unifiedDiff(shown(before), shown(after));
}

function isSamePlace(place: unknown, old: unknown): boolean {
  return semanticEqual(place, withLaterLabels(old, place));
}

/** The old place with those labels renamed that the new one has renamed. */
function withLaterLabels(old: unknown, place: unknown): unknown {
  if (Array.isArray(old))
    return old.map((one, index) => withLaterLabels(one, Array.isArray(place) ? place[index] : {}));
  if (!isJsonObject(old)) return old;
  const beside = isJsonObject(place) ? place : {};
  const { key } = old;
  // A label that nothing has replaced may become an empty one: the server's table gives '' for it.
  const later = typeof key === 'string' ? (LATER_LABELS[key] ?? '') : undefined;
  const copy = Object.fromEntries(Object.entries(old).map(([name, one]) => [name, withLaterLabels(one, beside[name])]));
  return later !== undefined && beside['key'] === later ? { ...copy, key: later } : copy;
}
