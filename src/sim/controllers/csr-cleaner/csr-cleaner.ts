import { isNotFound } from '../../api/status.js';
import { parseTime } from '../../api/time.js';
import type { CertificateSigningRequest } from '../../api/types/certificates.js';
import { readCertificates } from '../../client/tls/certificates.js';
import { DAY, HOUR, type Micros } from '../../kernel/time.js';
import type { Controller } from '../machinery/context.js';
import { CERTIFICATE_SIGNING_REQUESTS } from '../machinery/resource-types.js';
import { startPeriodic } from '../machinery/worker.js';

const INTERVAL = HOUR;
/** How long requests stay that were approved and answered, denied or given up. */
const DECIDED_SPAN = HOUR;
/** How long requests stay that nobody decided, or that nobody signed. */
const OPEN_SPAN = DAY;

/** Takes requests for certificates away when they have been answered, or are too old to be. */
export const csrCleanerController: Controller = {
  name: 'certificatesigningrequest-cleaner-controller',
  alias: 'csrcleaner',
  start: (context) => {
    const requests = context.informer<CertificateSigningRequest>(CERTIFICATE_SIGNING_REQUESTS);
    startPeriodic(context, INTERVAL, function* () {
      for (const request of requests.list()) {
        if (!isOver(request, context.sys.now())) continue;
        try {
          yield* context.client.delete(CERTIFICATE_SIGNING_REQUESTS, request.metadata.name ?? '');
        } catch (error) {
          if (!isNotFound(error)) throw error;
        }
      }
    });
  },
};

function isOver({ metadata, status }: CertificateSigningRequest, now: Micros): boolean {
  const conditions = status?.conditions ?? [];
  const isOlder = (time: string | null | undefined, span: Micros) => {
    const at = time ? parseTime(time) : undefined;
    return at !== undefined && now - at > span;
  };
  if (conditions.length === 0) return isOlder(metadata.creationTimestamp, OPEN_SPAN);
  const certificate = status?.certificate ?? '';
  return conditions.some(({ type, lastUpdateTime: time }) => {
    if (type === 'Denied' || type === 'Failed') return isOlder(time, DECIDED_SPAN);
    if (type !== 'Approved') return false;
    if (certificate === '') return isOlder(time, OPEN_SPAN);
    return isOlder(time, DECIDED_SPAN) || hasExpired(certificate, now);
  });
}

function hasExpired(certificate: string, now: Micros): boolean {
  const [leaf] = readCertificates(Buffer.from(certificate, 'base64').toString('latin1'));
  return leaf !== undefined && now > leaf.notAfter;
}
