import { deepEqual, type KubeObject, type OwnerReference } from '../../api/object.js';
import { type Access, ALLOW } from '../authorization/authorizer.js';
import { decide } from '../authorization/decide.js';
import type { ServedKind } from '../served-kind.js';
import type { Admission, AdmissionRequest } from './admission.js';
import { refusal } from './refusal.js';

/** Owners are written by those who may delete what is owned; they are held back by those who may hold them back. */
export const OWNER_REFERENCES_PERMISSION_ENFORCEMENT: Admission = {
  name: 'OwnerReferencesPermissionEnforcement',
  validate(request) {
    const { kind, subresource, operation, object, old } = request;
    if (!object || (operation !== 'CREATE' && operation !== 'UPDATE')) return;
    // Kubelets write status without being able to delete; the strategy keeps the owners.
    if (kind.group === '' && kind.plural === 'pods' && subresource === 'status') return;
    if (deepEqual(ownersOf(object), ownersOf(old))) return;
    if (operation === 'UPDATE') refuseUnlessDeleter(request);
    const blocking = newBlocking(ownersOf(object), ownersOf(old));
    if (blocking.length === 0 || allows(request, finalizers('*', '*', '*', '', '*'))) return;
    for (const owner of blocking) refuseUnlessFinalizer(request, owner);
  },
};

function ownersOf(object: KubeObject | undefined): readonly OwnerReference[] {
  return object?.metadata.ownerReferences ?? [];
}

function newBlocking(owners: readonly OwnerReference[], before: readonly OwnerReference[]): OwnerReference[] {
  const blocked = new Set(before.filter((owner) => owner.blockOwnerDeletion).map(({ uid }) => uid));
  return owners.filter(({ uid, blockOwnerDeletion }) => blockOwnerDeletion && !blocked.has(uid));
}

function refuseUnlessDeleter(request: AdmissionRequest): void {
  const { kind, namespace, subresource, name } = request;
  const access = { ...finalizers(kind.group, kind.version, kind.plural, namespace, name), verb: 'delete', subresource };
  const { decision, reason } = decide(request.parts, { user: request.user, info: access });
  if (decision === ALLOW.decision) return;
  throw refusal(request, `cannot set an ownerRef on a resource you can't delete: ${reason ?? ''}, <nil>`);
}

function refuseUnlessFinalizer(request: AdmissionRequest, owner: OwnerReference): void {
  const kind = request.parts.kinds.kind(owner.apiVersion, owner.kind);
  if (!kind) {
    const what = `APIVersion ${owner.apiVersion} Kind ${owner.kind}`;
    const why = `no matches for kind ${JSON.stringify(owner.kind)} in version ${JSON.stringify(owner.apiVersion)}`;
    const cannot = 'cannot set blockOwnerDeletion in this case because cannot find RESTMapping for';
    throw refusal(request, `${cannot} ${what}: ${why}`);
  }
  const { decision, reason } = decide(request.parts, { user: request.user, info: ownerAccess(request, kind, owner) });
  if (decision === ALLOW.decision) return;
  const why = "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on";
  throw refusal(request, `${why}: ${reason ?? ''}, <nil>`);
}

function ownerAccess({ namespace }: AdmissionRequest, kind: ServedKind, { name }: OwnerReference): Access {
  return finalizers(kind.group, kind.version, kind.plural, kind.namespaced ? namespace : '', name);
}

function finalizers(group: string, version: string, resource: string, namespace: string, name: string): Access {
  return {
    isResource: true,
    path: '',
    verb: 'update',
    group,
    version,
    namespace,
    resource,
    subresource: 'finalizers',
    name,
  };
}

function allows({ parts, user }: AdmissionRequest, info: Access): boolean {
  return decide(parts, { user, info }).decision === ALLOW.decision;
}
