/** apps/v1 ControllerRevision. */
import { ageOf } from '../duration.js';
import { type FieldError, required } from '../field-error.js';
import { isJsonObject, type KubeObject } from '../object.js';
import type { ControllerRevision } from '../types/workloads.js';
import { type ApiKind, column, defineKind } from './kind.js';
import { immutable, nonnegative, validateMeta, validateMetaUpdate } from './meta.js';

/** The strategy of controller revisions: what they hold never changes. */
export const controllerRevisionKind: ApiKind = defineKind({
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  namespaced: true,
  validateCreate: (object) => [...validateRevision(object), ...validateData(object as ControllerRevision)],
  validateUpdate: (object, old) => [
    ...validateMetaUpdate(object, old),
    ...validateRevision(object),
    ...immutable('data', (object as ControllerRevision).data, (old as ControllerRevision).data),
  ],
  printer: {
    columns: [
      column('Name'),
      column('Controller', 'string', 0, 'Controller of the object'),
      column('Revision', 'string', 0, 'apps.v1.ControllerRevision.revision'),
      column('Age'),
    ],
    rows: (object, now) => {
      const { metadata, revision } = object as ControllerRevision;
      const age = ageOf(metadata.creationTimestamp, now);
      return [{ cells: [metadata.name, controllerOf(object), revision ?? 0, age] }];
    },
  },
});

function validateRevision(object: KubeObject): FieldError[] {
  return [...validateMeta(object, true), ...nonnegative('revision', (object as ControllerRevision).revision)];
}

function validateData({ data }: ControllerRevision): FieldError[] {
  if (data === undefined || data === null) return [required('data', 'data is mandatory')];
  return isJsonObject(data) ? [] : [required('data', 'data must be a valid JSON object')];
}

/** `daemonset.apps/agent`. */
function controllerOf({ metadata }: KubeObject): string {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return '<none>';
  const [group, version] = owner.apiVersion.split('/');
  return `${owner.kind.toLowerCase()}${version === undefined ? '' : `.${group}`}/${owner.name}`;
}
