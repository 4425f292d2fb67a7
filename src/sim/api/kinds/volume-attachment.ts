/** storage.k8s.io/v1 VolumeAttachment. */
import { ageOf } from '../duration.js';
import { type FieldError, forbidden, invalid, required, tooLong } from '../field-error.js';
import { utf8Length } from '../go-text.js';
import { internalForm } from '../internal-form.js';
import { nameIsSubdomain, rangeError } from '../names.js';
import { semanticEqual } from '../object.js';
import type { VolumeAttachment, VolumeAttachmentStatus } from '../types/storage.js';
import { type ApiKind, column, defineKind, keepStatus, withStatus } from './kind.js';
import { validateMeta, validateMetaUpdate } from './meta.js';
import { validateDriverName } from './persistent-volume/source-rules.js';
import { validateVolumeSpec } from './persistent-volume/spec-rules.js';
import { defaultVolumeSpec } from './persistent-volume.js';
import { keepMetadataToo } from './status-only.js';

const METADATA_BYTES_MAX = 256 * 1024;
const MESSAGE_BYTES_MAX = 1024;

/** The strategy of volume attachments. */
export const volumeAttachmentKind: ApiKind = defineKind({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'VolumeAttachment',
  plural: 'volumeattachments',
  namespaced: false,
  subresourceFacts: withStatus(),
  unconditionalUpdate: false,
  returnsDeleted: true,
  applyDefaults: (object) => {
    const { inlineVolumeSpec } = (object as VolumeAttachment).spec.source;
    if (inlineVolumeSpec) defaultVolumeSpec(inlineVolumeSpec);
  },
  prepareCreate: (object) => {
    object['status'] = { attached: false };
  },
  validateCreate: (object) => validateAttachment(object as VolumeAttachment),
  prepareUpdate: keepStatus,
  validateUpdate: (object, old) => validateUpdate(object as VolumeAttachment, old as VolumeAttachment),
  prepareStatus: keepMetadataToo,
  validateStatus: (object, old) => validateUpdate(object as VolumeAttachment, old as VolumeAttachment),
  printer: {
    columns: [
      column('Name'),
      column('Attacher', 'string', 0, 'storage.v1.VolumeAttachmentSpec.attacher'),
      column('PV', 'string', 0, 'storage.v1.VolumeAttachmentSource.persistentVolumeName'),
      column('Node', 'string', 0, 'storage.v1.VolumeAttachmentSpec.nodeName'),
      column('Attached', 'boolean', 0, 'storage.v1.VolumeAttachmentStatus.attached'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, spec, status } = object as VolumeAttachment;
      const volume = spec.source?.persistentVolumeName ?? '';
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, spec.attacher, volume, spec.nodeName, status?.attached ?? false, age] }];
    },
  },
});

function validateAttachment(attachment: VolumeAttachment): FieldError[] {
  const { spec, status } = attachment;
  const name = spec.source.persistentVolumeName;
  const wrongName = name === undefined ? [] : nameIsSubdomain(name, false);
  return [
    ...validateMeta(attachment, false),
    ...validateDriverName('spec.attacher', spec.attacher),
    ...validateSource(spec.source),
    ...nameIsSubdomain(spec.nodeName, false).map((words) => invalid('spec.nodeName', spec.nodeName, words)),
    ...(status ? validateStatus(status) : []),
    ...wrongName.map((words) => invalid('spec.source.persistentVolumeName', name, words)),
  ];
}

function validateSource(source: VolumeAttachment['spec']['source']): FieldError[] {
  const { persistentVolumeName: name, inlineVolumeSpec: inline } = source;
  const path = 'spec.source';
  const words = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName';
  if (!inline && name === undefined) return [required(path, words)];
  if (inline && name !== undefined) return [forbidden(path, words)];
  if (inline) {
    const place = { volumeName: '', inline: true, looseValues: false };
    return validateVolumeSpec(`${path}.inlineVolumeSpec`, inline, place);
  }
  const empty = 'must specify non empty persistentVolumeName';
  return name === '' ? [required(`${path}.persistentVolumeName`, empty)] : [];
}

function validateStatus(status: VolumeAttachmentStatus): FieldError[] {
  const errors: FieldError[] = [];
  const pairs = Object.entries(status.attachmentMetadata ?? {});
  const bytes = pairs.reduce((sum, [key, value]) => sum + utf8Length(key) + utf8Length(value), 0);
  if (bytes > METADATA_BYTES_MAX) errors.push(tooLong('status.attachmentMetadata', METADATA_BYTES_MAX));
  for (const field of ['attachError', 'detachError'] as const) {
    const { message = '', errorCode: code = 0 } = status[field] ?? {};
    // The server names the other limit here.
    if (utf8Length(message) > MESSAGE_BYTES_MAX) errors.push(tooLong(`status.${field}.message`, METADATA_BYTES_MAX));
    if (code < 0) errors.push(invalid(`status.${field}.errorCode`, code, rangeError(0, 2 ** 31 - 1)));
  }
  return errors;
}

function validateUpdate(attachment: VolumeAttachment, old: VolumeAttachment): FieldError[] {
  const errors = [...validateMetaUpdate(attachment, old), ...validateAttachment(attachment)];
  if (semanticEqual(attachment.spec, old.spec)) return errors;
  const shown = internalForm('storage.v1.VolumeAttachmentSpec', attachment.spec);
  return [...errors, invalid('spec', shown, 'field is immutable')];
}
