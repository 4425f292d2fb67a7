import { goQuote } from '../../api/go-text.js';
import { deepEqual } from '../../api/object.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import type { Admission } from './admission.js';
import { refusal } from './refusal.js';
import { concernsCertificates, mayForSigner } from './signer-access.js';

/** Whoever issues a certificate, or says that there will be none, has to have the right to sign for the signer. */
export const CERTIFICATE_SIGNING: Admission = {
  name: 'CertificateSigning',
  validate(request) {
    if (request.operation !== 'UPDATE' || request.subresource !== 'status' || !concernsCertificates(request)) return;
    const old = request.old as CertificateSigningRequest;
    const now = request.object as CertificateSigningRequest;
    const conditionsOf = ({ status }: CertificateSigningRequest) => status?.conditions ?? [];
    const isSigned = (old.status?.certificate ?? '') !== (now.status?.certificate ?? '');
    if (!isSigned && deepEqual(conditionsOf(old), conditionsOf(now))) return;
    const { signerName } = old.spec;
    if (mayForSigner(request, 'sign', signerName)) return;
    throw refusal(request, `user not permitted to sign requests with signerName ${goQuote(signerName)}`);
  },
};
