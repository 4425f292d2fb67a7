/** certificates.k8s.io/v1 CertificateSigningRequest: nothing of it changes but through its subresources. */
import { type Micros, SECOND } from '../../kernel/time.js';
import { ageOf, humanDuration } from '../duration.js';
import type { KubeObject } from '../object.js';
import type { CertificateSigningRequest, CertificateSigningRequestCondition } from '../types/certificates.js';
import {
  conditionsOf,
  validateCertificateRequest,
  validateCertificateRequestUpdate,
} from './certificate-signing-request-rules.js';
import {
  type ApiKind,
  column,
  defineKind,
  fieldLabelNotSupported,
  type KindContext,
  keepAllButStatus,
  keepStatus,
  metadataFields,
  type Row,
  withStatus,
} from './kind.js';

// The server still says this in the words of v1beta1.
const ABOUT_SIGNER =
  'Requested signer for the request. It is a qualified name in the form: `scope-hostname.io/name`. If empty, it will be defaulted:\n 1. If it\'s a kubelet client certificate, it is assigned\n    "kubernetes.io/kube-apiserver-client-kubelet".\n 2. If it\'s a kubelet serving certificate, it is assigned\n    "kubernetes.io/kubelet-serving".\n 3. Otherwise, it is assigned "kubernetes.io/legacy-unknown".\nDistribution of trust for signers happens out of band. You can select on this field using `spec.signerName`.';

/** The strategy of requests for certificates. Who asks is written down by the server, not here. */
export const certificateSigningRequestKind: ApiKind = defineKind({
  group: 'certificates.k8s.io',
  version: 'v1',
  kind: 'CertificateSigningRequest',
  plural: 'certificatesigningrequests',
  namespaced: false,
  shortNames: ['csr'],
  subresourceFacts: withStatus({ name: 'approval', verbs: ['get', 'patch', 'update'] }),
  prepareCreate: (object) => {
    object['status'] = {};
  },
  validateCreate: (object) => validateCertificateRequest(object as CertificateSigningRequest),
  prepareUpdate: (object, old) => {
    object['spec'] = old['spec'];
    keepStatus(object, old);
  },
  validateUpdate: (object, old) => validateUpdate(object, old),
  prepareStatus: (object, old, context) =>
    prepareStatus(object as CertificateSigningRequest, old as CertificateSigningRequest, context),
  validateStatus: (object, old) => validateUpdate(object, old, 'status'),
  selectableFields: (object) => ({
    ...metadataFields(object),
    'spec.signerName': (object as CertificateSigningRequest).spec.signerName,
  }),
  fieldLabels: ['metadata.name', 'spec.signerName'],
  fieldLabelError: fieldLabelNotSupported,
  printer: {
    columns: [
      column('Name'),
      column('Age'),
      column('SignerName', 'string', 0, ABOUT_SIGNER),
      column('Requestor', 'string', 0, 'Base64-encoded PKCS#10 CSR data'),
      column('RequestedDuration', 'string', 0, 'certificates.v1.CertificateSigningRequestSpec.expirationSeconds'),
      column('Condition', 'string', 0, 'Conditions applied to the request, such as approval or denial.'),
    ],
    rows: (object, now) => [rowOf(object as CertificateSigningRequest, now)],
  },
});

/** The strategy of the approval subresource: only conditions change. */
export const certificateApprovalKind: ApiKind = {
  ...certificateSigningRequestKind,
  prepareUpdate: (object, old, context) =>
    prepareApproval(object as CertificateSigningRequest, old as CertificateSigningRequest, context),
  validateUpdate: (object, old) => validateUpdate(object, old, 'approval'),
};

function validateUpdate(object: KubeObject, old: KubeObject, may?: 'approval' | 'status') {
  return validateCertificateRequestUpdate(
    object as CertificateSigningRequest,
    old as CertificateSigningRequest,
    may ?? 'nothing',
  );
}

/** A signer may not touch what was decided: conditions of approval and denial stay as they are where they are. */
function prepareStatus(request: CertificateSigningRequest, old: CertificateSigningRequest, context: KindContext): void {
  keepAllButStatus(request, old);
  for (const type of ['Approved', 'Denied']) {
    const known = conditionsOf(old, type);
    if (known.length !== conditionsOf(request, type).length) continue;
    const conditions = request.status?.conditions ?? [];
    conditions.forEach((condition, index) => {
      if (condition.type === type) conditions[index] = { ...known.shift() } as CertificateSigningRequestCondition;
    });
  }
  fillTimes(request, old, context);
}

function prepareApproval(
  request: CertificateSigningRequest,
  old: CertificateSigningRequest,
  context: KindContext,
): void {
  fillTimes(request, old, context);
  const conditions = request.status?.conditions;
  request.spec = old.spec;
  const { conditions: _, ...status } = old.status ?? {};
  request.status = conditions ? { conditions, ...status } : status;
}

/** A condition's change keeps its time as long as type and status stay. */
function fillTimes(request: CertificateSigningRequest, old: CertificateSigningRequest, context: KindContext): void {
  for (const condition of request.status?.conditions ?? []) {
    condition.lastUpdateTime ??= context.timestamp;
    const same = conditionsOf(old, condition.type).find(
      (one) => one.status === condition.status && one.lastTransitionTime,
    );
    condition.lastTransitionTime ??= same?.lastTransitionTime ?? context.timestamp;
  }
}

function rowOf(request: CertificateSigningRequest, now: Micros): Row {
  const { metadata, spec } = request;
  const seconds = spec.expirationSeconds;
  const duration = seconds === undefined ? '<none>' : humanDuration(seconds * SECOND);
  const age = ageOf(metadata.creationTimestamp, now);
  return {
    cells: [metadata.name, age, spec.signerName || '<none>', spec.username ?? '', duration, conditionText(request)],
  };
}

function conditionText(request: CertificateSigningRequest): string {
  const has = (type: string) => conditionsOf(request, type).length > 0;
  const decided = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decided}${has('Failed') ? ',Failed' : ''}${request.status?.certificate ? ',Issued' : ''}`;
}
