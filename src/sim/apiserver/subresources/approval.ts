import { certificateApprovalKind } from '../../api/kinds/certificate-signing-request.js';
import type { Waiting } from '../../kernel/wait.js';
import type { RequestContext } from '../request/context.js';
import type { Answer } from '../respond/answer.js';
import { statusSubresource } from './status.js';

/** GET, PUT and PATCH of whether a request for a certificate is approved or denied. */
export function* approvalSubresource(context: RequestContext): Waiting<Answer> {
  return yield* statusSubresource(context, certificateApprovalKind);
}
