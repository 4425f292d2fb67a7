import { decide } from '../authorization/decide.js';
import type { AdmissionRequest } from './admission.js';

/** Whether somebody may do something (approve, sign, attest) for a signer, by its own name or by `domain/*`. */
export function mayForSigner({ parts, user }: AdmissionRequest, verb: string, signer: string): boolean {
  const [domain = ''] = signer.split('/');
  return [signer, `${domain}/*`].some((name) => {
    const info = {
      isResource: true,
      path: '',
      verb,
      group: 'certificates.k8s.io',
      version: '*',
      namespace: '',
      resource: 'signers',
      subresource: '',
      name,
      fieldSelector: undefined,
      labelSelector: undefined,
    };
    return decide(parts, { user, info }).decision === 'allow';
  });
}

/** Whether a request of admission is about requests for certificates. */
export function concernsCertificates({ kind }: AdmissionRequest): boolean {
  return kind.group === 'certificates.k8s.io' && kind.plural === 'certificatesigningrequests';
}
