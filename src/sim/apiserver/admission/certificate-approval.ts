import { goQuote } from '../../api/go-text.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import type { Admission } from './admission.js';
import { refusal } from './refusal.js';
import { concernsCertificates, mayForSigner } from './signer-access.js';

/** Whoever approves or denies a request for a certificate has to have the right to, for the signer it goes to. */
export const CERTIFICATE_APPROVAL: Admission = {
  name: 'CertificateApproval',
  validate(request) {
    if (request.operation !== 'UPDATE' || request.subresource !== 'approval' || !concernsCertificates(request)) return;
    const { signerName } = (request.old as CertificateSigningRequest).spec;
    if (mayForSigner(request, 'approve', signerName)) return;
    throw refusal(request, `user not permitted to approve requests with signerName ${goQuote(signerName)}`);
  },
};
