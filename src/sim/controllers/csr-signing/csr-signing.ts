import type { RequestContent } from '../../api/pki/request-content.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import { authorityEnd, type SigningAuthority, signRequest } from '../../client/pki/sign-request.js';
import { HOUR, MINUTE, type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { addCondition, contentOf, hasCondition, startRequestController } from '../machinery/certificate-requests.js';
import type { Controller, ControllerContext } from '../machinery/context.js';
import { SyncError } from '../machinery/failures.js';
import { CERTIFICATE_SIGNING_REQUESTS } from '../machinery/resource-types.js';
import { signerError } from '../machinery/signer-limits.js';

/** Certificates begin a little before they are made: clocks differ. */
const BACKDATE = 5 * MINUTE;
/** One that lives shorter than this loses nothing of its end for that. */
const SHORT = 8 * HOUR;
const SHORTEST = 10 * MINUTE;
const SERIAL_BYTES = 16;

/** Signs the approved requests that go to Kubernetes' own signers, within their limits. */
export const csrSigningController: Controller = {
  name: 'certificatesigningrequest-signing-controller',
  alias: 'csrsigning',
  start: (context) => {
    const { signers } = context.options;
    if (Object.keys(signers).length === 0) return;
    startRequestController(context, (request) => handle(context, request));
  },
};

function* handle(context: ControllerContext, request: CertificateSigningRequest): Waiting<void> {
  const { signerName, usages = [] } = request.spec;
  const authority = context.options.signers[signerName];
  if (!authority || !hasCondition(request, 'Approved') || hasCondition(request, 'Failed')) return;
  const content = contentOf(request);
  const wrong = signerError(signerName, content, usages);
  const now = context.sys.now();
  if (wrong === undefined) {
    const pem = certificateFor(context, authority, request, content);
    request.status = { ...request.status, certificate: Buffer.from(pem, 'latin1').toString('base64') };
  } else addCondition(request, { type: 'Failed', reason: 'SignerValidationFailure', message: wrong }, now);
  try {
    yield* context.client.update(CERTIFICATE_SIGNING_REQUESTS, request, { subresource: 'status' });
  } catch (error) {
    const what = wrong === undefined ? 'error updating signature for csr' : 'error adding failure condition for csr';
    throw new SyncError(`${what}: ${(error as Error).message}`);
  }
}

function certificateFor(
  { sys, options }: ControllerContext,
  authority: SigningAuthority,
  { spec }: CertificateSigningRequest,
  content: RequestContent,
): string {
  const now = sys.now();
  const end = authorityEnd(authority);
  const refuse = (why: string) => new SyncError(`error auto signing csr: ${why}: NotAfter=${goTime(end)}`);
  const span = spanOf(spec.expirationSeconds, options.signingDuration);
  const notBefore = now - BACKDATE;
  const notAfter = Math.min(now + (span < SHORT ? span : span - BACKDATE), end);
  if (notBefore >= end) throw refuse('the signer has expired');
  if (now >= end) throw refuse('refusing to sign a certificate that expired in the past');
  const random = sys.random();
  const serial = Uint8Array.from({ length: SERIAL_BYTES }, () => random.below(256));
  return signRequest(authority, content, { notBefore, notAfter, usages: spec.usages ?? [], serial });
}

/** What is asked for, when it is neither too short nor longer than the manager gives. */
function spanOf(seconds: number | undefined, longest: Micros): Micros {
  if (seconds === undefined) return longest;
  return Math.min(Math.max(seconds * SECOND, SHORTEST), longest);
}

/** As Go prints a time of UTC. */
function goTime(at: Micros): string {
  return `${new Date(at / 1000).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`;
}
