import type { KubeObject } from '../../api/object.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import type { Waiting } from '../../kernel/wait.js';
import {
  addCondition,
  contentOf,
  hasCondition,
  QuietError,
  startRequestController,
} from '../machinery/certificate-requests.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { CERTIFICATE_SIGNING_REQUESTS, SUBJECT_ACCESS_REVIEWS } from '../machinery/resource-types.js';
import { kubeletClientError } from '../machinery/signer-limits.js';

const SIGNER = 'kubernetes.io/kube-apiserver-client-kubelet';

/** Approves requests of kubelets for their client certificates, when who asks may have them: for itself or for any node. */
export const csrApprovingController: Controller = {
  name: 'certificatesigningrequest-approving-controller',
  alias: 'csrapproving',
  start: (context) => startRequestController(context, (request) => handle(context, request)),
};

function* handle(context: ControllerContext, request: CertificateSigningRequest): Waiting<void> {
  const { spec, metadata } = request;
  if (hasCondition(request, 'Approved') || hasCondition(request, 'Denied')) return;
  const content = contentOf(request);
  if (spec.signerName !== SIGNER || kubeletClientError(content, spec.usages ?? []) !== undefined) return;
  const tried: string[] = [];
  const ways: [subresource: string, message: string][] = [
    ['nodeclient', 'Auto approving kubelet client certificate after SubjectAccessReview.'],
  ];
  if (spec.username === content.commonName) {
    ways.unshift(['selfnodeclient', 'Auto approving self kubelet client certificate after SubjectAccessReview.']);
  }
  for (const [subresource, message] of ways) {
    tried.push(subresource);
    if (!(yield* isAllowed(context, request, subresource))) continue;
    addCondition(request, { type: 'Approved', reason: 'AutoApproved', message }, undefined);
    return yield* approve(context, request);
  }
  const words = `recognized csr ${JSON.stringify(metadata.name)} as [${tried.join(' ')}]`;
  throw new QuietError(`${words} but subject access review was not approved`);
}

function* approve({ client }: ControllerContext, request: CertificateSigningRequest): Waiting<void> {
  try {
    yield* client.update(CERTIFICATE_SIGNING_REQUESTS, request, { subresource: 'approval' });
  } catch (error) {
    throw new SyncError(`error updating approval for csr: ${(error as Error).message}`);
  }
}

function* isAllowed(
  { client }: ControllerContext,
  { spec }: CertificateSigningRequest,
  subresource: string,
): Waiting<boolean> {
  const { username: user = '', uid, groups = [], extra } = spec;
  const resourceAttributes = {
    verb: 'create',
    group: 'certificates.k8s.io',
    version: '*',
    resource: 'certificatesigningrequests',
    subresource,
  };
  const review: KubeObject = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    metadata: {},
    spec: { user, groups, ...(uid ? { uid } : {}), ...(extra ? { extra } : {}), resourceAttributes },
  };
  const { status } = (yield* client.create(SUBJECT_ACCESS_REVIEWS, review)) as { status?: { allowed?: boolean } };
  return status?.allowed === true;
}
