import { deepCopy } from '../../api/object.js';
import { type RequestContent, readRequestContent } from '../../api/pki/request-content.js';
import { formatTime } from '../../api/time.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import { MILLISECOND, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ControllerContext } from './context.js';
import { SyncError } from './failures.js';
import { CERTIFICATE_SIGNING_REQUESTS } from './resource-types.js';
import { startWorker } from './worker.js';

/** A failure that is tried again and not told: usually somebody asked for what he may not have. */
export class QuietError extends SyncError {}

/** Failed requests wait longer than other keys do, and together no longer than ten a second. */
const LIMITS = { base: 200 * MILLISECOND, max: 1000 * SECOND, rate: 10, burst: 100 };

/** Starts a controller that looks at each request for a certificate that has none yet; it may change its copy. */
export function startRequestController(
  context: ControllerContext,
  handle: (request: CertificateSigningRequest) => Waiting<void>,
): void {
  const requests = context.informer<CertificateSigningRequest>(CERTIFICATE_SIGNING_REQUESTS);
  const queue = context.queue('certificate', LIMITS);
  const enqueue = ({ metadata }: CertificateSigningRequest) => queue.add(metadata.name ?? '');
  requests.addHandlers({ added: enqueue, updated: (_, after) => enqueue(after), deleted: enqueue });
  const sync = function* (key: string): Waiting<void> {
    const request = requests.get(undefined, key);
    if (!request || request.status?.certificate) return;
    yield* handle(deepCopy(request));
  };
  startWorker(context, queue, sync, (key, error) => {
    queue.addRateLimited(key);
    if (error instanceof QuietError) return;
    context.log.error(undefined, 'Unhandled Error', { err: `Sync ${key} failed with : ${error.message}` });
  });
}

/** Whether a request has a condition that holds. */
export function hasCondition({ status }: CertificateSigningRequest, type: string): boolean {
  return (status?.conditions ?? []).some((condition) => condition.type === type && condition.status === 'True');
}

/** What a request asks for. Throws what the sync fails with. */
export function contentOf({ metadata, spec }: CertificateSigningRequest): RequestContent {
  const content = readRequestContent(Buffer.from(spec.request ?? '', 'base64').toString('latin1'));
  if (content) return content;
  throw new SyncError(
    `unable to parse csr ${JSON.stringify(metadata.name)}: PEM block type must be CERTIFICATE REQUEST`,
  );
}

/** Adds a condition that holds from now on. */
export function addCondition(
  request: CertificateSigningRequest,
  condition: { type: string; reason: string; message: string },
  now: number | undefined,
): void {
  const conditions = request.status?.conditions ?? [];
  const time = now === undefined ? {} : { lastUpdateTime: formatTime(now) };
  request.status = { ...request.status, conditions: [...conditions, { ...condition, status: 'True', ...time }] };
}
