/** How the admission controller makes itself known: to the API server, and to the updater by a Lease. */
import { hasReason, isNotFound, StatusError } from '../../api/status.js';
import { formatMicroTime } from '../../api/time.js';
import type { Lease } from '../../api/types/config.js';
import { klogLine } from '../../client/klog.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { Started } from './component.js';
import { LEASES, WEBHOOKS } from './resource-types.js';
import { webhookConfiguration } from './webhook-configuration.js';

/** The server has to be known to the network before the API server is told of it. */
const REGISTRATION_DELAY = 10 * SECOND;

export class Registration {
  constructor(
    private readonly sys: Sys,
    private readonly started: Started,
  ) {}

  /** Whom the API server shall trust; nobody when that cannot be read, which is told. */
  private authority(path: string): string {
    const { log } = this.started;
    const problem = unreadable(this.sys, path);
    if (problem !== undefined) {
      log.error(problem, 'Error reading certificate file', { file: path }, 'certs.go:38');
      return '';
    }
    const bytes = this.sys.readFile(path);
    log.info('Successfully read bytes from file', { bytes: bytes.length, file: path }, 'certs.go:41');
    return decodeText(bytes);
  }

  /** Tells the API server whom to ask, and says from then on that somebody answers. `file` has whom it shall trust. */
  *run(file: string): Waiting<void> {
    const authority = this.authority(file);
    const { sys, started } = this;
    const { client, flags, log } = started;
    if (flags.boolean('register-webhook', true)) {
      const namespace = sys.environment.get('NAMESPACE') ?? '';
      const wanted = webhookConfiguration(flags, namespace, authority);
      yield* sys.sleep(REGISTRATION_DELAY);
      try {
        const name = wanted.metadata.name ?? '';
        yield* ignoring(isNotFound, () => client.delete(WEBHOOKS, name));
        yield* client.create(WEBHOOKS, wanted);
        log.info('Self registration as MutatingWebhook succeeded.', {}, 'config.go:190');
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error)) throw error;
        yield* sys.write(2, klogLine(sys, 'F', 'config.go:188', error.message));
        sys.kill(sys.pid, 'TERM');
      }
    }
    for (;;) {
      try {
        yield* this.renew();
      } catch (error) {
        if (!(error instanceof StatusError) && !isErrno(error)) throw error;
        log.error(error, 'Status update failed', {}, 'status_updater.go:63');
      }
      yield* sys.sleep(flags.duration('status-lease-update-interval', 10 * SECOND));
    }
  }

  private *renew(): Waiting<void> {
    const { client, flags } = this.started;
    const name = flags.text('status-lease-name', 'vpa-admission-controller');
    const usual = this.sys.environment.get('NAMESPACE') || 'kube-system';
    const namespace = flags.text('status-lease-namespace', usual);
    const holderIdentity = this.sys.hostname();
    const span = flags.duration('status-lease-update-interval', 10 * SECOND);
    const spec = { holderIdentity, leaseDurationSeconds: Math.trunc(span / SECOND) };
    let lease: Lease;
    try {
      lease = yield* client.get<Lease>(LEASES, name, namespace);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      const made: Lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
      yield* ignoring(
        (problem) => hasReason(problem, 'AlreadyExists'),
        () => client.create(LEASES, made),
      );
      return;
    }
    const renewed = { ...lease, spec: { ...lease.spec, holderIdentity, renewTime: formatMicroTime(this.sys.now()) } };
    yield* ignoring(
      (problem) => hasReason(problem, 'Conflict'),
      () => client.update(LEASES, renewed),
    );
  }
}

/** Why a file cannot be read, in Go's words; nothing when it can. */
export function unreadable(sys: Sys, path: string): string | undefined {
  try {
    sys.readFile(path);
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `open ${path}: ${error.message.toLowerCase()}`;
  }
}

/** Does something of which one kind of failure is none. */
function* ignoring(isNone: (error: unknown) => boolean, act: () => Waiting<unknown>): Waiting<void> {
  try {
    yield* act();
  } catch (error) {
    if (!isNone(error)) throw error;
  }
}
