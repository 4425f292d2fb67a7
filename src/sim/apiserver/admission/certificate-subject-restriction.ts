import { readRequestContent } from '../../api/pki/request-content.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import type { Admission } from './admission.js';
import { refusal } from './refusal.js';
import { concernsCertificates } from './signer-access.js';

const SIGNER = 'kubernetes.io/kube-apiserver-client';
const MASTERS = 'system:masters';

/** Nobody becomes one of those who may do everything by way of a request for a certificate. */
export const CERTIFICATE_SUBJECT_RESTRICTION: Admission = {
  name: 'CertificateSubjectRestriction',
  validate(request) {
    if (request.operation !== 'CREATE' || request.subresource !== '' || !concernsCertificates(request)) return;
    const { spec } = request.object as CertificateSigningRequest;
    if (spec.signerName !== SIGNER) return;
    const content = readRequestContent(Buffer.from(spec.request ?? '', 'base64').toString('latin1'));
    if (!content) throw refusal(request, 'failed to parse CSR: PEM block type must be CERTIFICATE REQUEST');
    if (!content.organizations.includes(MASTERS)) return;
    throw refusal(request, `use of ${SIGNER} signer with ${MASTERS} group is not allowed`);
  },
};
