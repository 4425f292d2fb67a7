import { goQuote } from '../../../api/go-text.js';
import { deepEqual, type KubeObject } from '../../../api/object.js';
import type { AdmissionRequest } from '../admission.js';
import { refusal } from '../refusal.js';

const OWN_FIELDS = ['allocatedResourceStatuses', 'allocatedResources', 'capacity', 'conditions'];

/** Of a claim for a volume a kubelet writes the status, and of that how far a resize is. */
export function admitClaimStatus(node: string, request: AdmissionRequest): void {
  const { operation, subresource, object, old } = request;
  if (subresource !== 'status') throw refusal(request, 'may only update PVC status');
  if (operation !== 'UPDATE' || !object || !old) {
    throw refusal(request, `unexpected operation ${goQuote(operation)}`);
  }
  if (deepEqual(withoutOwn(object), withoutOwn(old))) return;
  const words = 'is not allowed to update fields other than status.quantity and status.conditions';
  throw refusal(request, `node ${goQuote(node)} ${words}: `);
}

function withoutOwn(claim: KubeObject): object {
  const { managedFields: _m, resourceVersion: _r, ...metadata } = claim.metadata;
  const status = Object.entries((claim['status'] ?? {}) as object).filter(([field]) => !OWN_FIELDS.includes(field));
  return { ...claim, metadata, status: Object.fromEntries(status) };
}
