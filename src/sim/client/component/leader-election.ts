import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { formatMicroTime } from '../../api/time.js';
import type { Lease, LeaseSpec } from '../../api/types/config.js';
import type { Sys } from '../../kernel/sys.js';
import { type Micros, SECOND } from '../../kernel/time.js';
import type { Waiting } from '../../kernel/wait.js';
import type { ApiClient, ResourceType } from '../client.js';
import { isUnreachable, requestErrorText } from '../go-errors.js';
import type { ComponentLog } from './log.js';

const LEASES: ResourceType = {
  group: 'coordination.k8s.io',
  version: 'v1',
  resource: 'leases',
  kind: 'Lease',
  namespaced: true,
};
/** A waiting candidate asks again after the retry period and up to 1.2 times that on top. */
const JITTER_FACTOR = 1.2;

/** Who wants to lead what, and how patient everybody is. */
export interface ElectionSettings {
  readonly namespace: string;
  readonly name: string;
  /** `host_uuid`. */
  readonly identity: string;
  readonly leaseDuration: Micros;
  readonly renewDeadline: Micros;
  readonly retryPeriod: Micros;
  /** The server's address, for log lines. */
  readonly server: string;
}

/** The spans components use unless flags say otherwise. */
export const ELECTION_DEFAULTS = {
  leaseDuration: 15 * SECOND,
  renewDeadline: 10 * SECOND,
  retryPeriod: 5 * SECOND,
} as const;

/** Told what leader election writes as events on its lease. */
export type OnElectionEvent = (lease: KubeObject, message: string) => void;

/** One candidate for a lease (client-go leaderelection). */
export class LeaderElector {
  private observed: Lease | undefined;
  private observedAt: Micros = 0;

  constructor(
    private readonly sys: Pick<Sys, 'now' | 'sleep' | 'random'>,
    private readonly client: ApiClient,
    private readonly log: ComponentLog,
    private readonly settings: ElectionSettings,
    private readonly onEvent: OnElectionEvent,
  ) {}

  /** Waits until it leads. */
  *acquire(): Waiting<void> {
    const { lock } = this;
    const { retryPeriod } = this.settings;
    this.log.info('Attempting to acquire leader lease...', { lock }, 'leaderelection.go:258');
    while (!(yield* this.tryAcquireOrRenew())) {
      const jitter = this.sys.random().fraction() * JITTER_FACTOR * retryPeriod;
      yield* this.sys.sleep(Math.floor(retryPeriod + jitter));
    }
    this.recordEvent('became leader');
    this.log.info('Successfully acquired lease', { lock }, 'leaderelection.go:272');
  }

  /** Keeps leading; returns when the lease could not be renewed in time. */
  *renew(): Waiting<void> {
    const { renewDeadline, retryPeriod } = this.settings;
    for (;;) {
      yield* this.sys.sleep(retryPeriod);
      const deadline = this.sys.now() + renewDeadline;
      while (!(yield* this.tryAcquireOrRenew())) {
        if (this.sys.now() + retryPeriod >= deadline) {
          const fields = { lock: this.lock, err: 'context deadline exceeded' };
          this.log.info('Failed to renew lease', fields, 'leaderelection.go:299');
          this.recordEvent('stopped leading');
          return;
        }
        yield* this.sys.sleep(retryPeriod);
      }
    }
  }

  /** Lets go of the lease if it is still this candidate's. What cannot be written is left to run out. */
  *release(): Waiting<void> {
    const { name, namespace, identity } = this.settings;
    try {
      const lease = yield* this.client.get<Lease>(LEASES, name, namespace);
      if (lease.spec?.holderIdentity !== identity) return;
      const now = formatMicroTime(this.sys.now());
      const { leaseTransitions = 0 } = lease.spec;
      const spec = { holderIdentity: '', leaseDurationSeconds: 1, acquireTime: now, renewTime: now, leaseTransitions };
      this.observe(yield* this.client.update<Lease>(LEASES, { ...lease, spec }));
    } catch (error) {
      this.report(error, 'Put', 'Failed to release lease', name);
    }
  }

  private get lock(): string {
    return `${this.settings.namespace}/${this.settings.name}`;
  }

  private *tryAcquireOrRenew(): Waiting<boolean> {
    if (yield* this.renewAsObserved()) return true;
    const { name, namespace } = this.settings;
    let lease: Lease;
    try {
      lease = yield* this.client.get<Lease>(LEASES, name, namespace);
    } catch (error) {
      if (isNotFound(error)) return yield* this.create();
      return this.report(error, 'Get', 'Error retrieving lease lock', name);
    }
    this.observe(lease);
    const holder = lease.spec?.holderIdentity ?? '';
    const mine = holder === this.settings.identity;
    if (holder !== '' && !mine && this.isValid(lease)) return false;
    return yield* this.update(lease, mine);
  }

  /** Who leads takes the lease to be as he left it and asks only when it is not; that attempt fails without a word. */
  private *renewAsObserved(): Waiting<boolean> {
    const lease = this.observed;
    if (!lease || lease.spec?.holderIdentity !== this.settings.identity || !this.isValid(lease)) return false;
    try {
      this.observe(yield* this.client.update<Lease>(LEASES, this.renewed(lease, true)));
      return true;
    } catch (error) {
      if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
      return false;
    }
  }

  private *create(): Waiting<boolean> {
    const { name, namespace } = this.settings;
    const now = formatMicroTime(this.sys.now());
    const spec = { ...this.record(), acquireTime: now, leaseTransitions: 0 };
    try {
      const lease: Lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
      this.observe(yield* this.client.create<Lease>(LEASES, lease));
      return true;
    } catch (error) {
      return this.report(error, 'Post', 'Error initially creating lease lock', undefined);
    }
  }

  private *update(lease: Lease, mine: boolean): Waiting<boolean> {
    try {
      this.observe(yield* this.client.update<Lease>(LEASES, this.renewed(lease, mine)));
      return true;
    } catch (error) {
      return this.report(error, 'Put', 'Failed to update lease', this.settings.name);
    }
  }

  private renewed(lease: Lease, mine: boolean): Lease {
    const leaseTransitions = (lease.spec?.leaseTransitions ?? 0) + (mine ? 0 : 1);
    const acquireTime = (mine ? lease.spec?.acquireTime : undefined) ?? formatMicroTime(this.sys.now());
    return { ...lease, spec: { ...this.record(), acquireTime, leaseTransitions } };
  }

  private record(): LeaseSpec {
    const { identity, leaseDuration } = this.settings;
    const renewTime = formatMicroTime(this.sys.now());
    return { holderIdentity: identity, leaseDurationSeconds: Math.floor(leaseDuration / SECOND), renewTime };
  }

  /** Only changes count: the clocks of others are not trusted. */
  private observe(lease: Lease): void {
    if (this.observed?.metadata.resourceVersion === lease.metadata.resourceVersion) return;
    this.observed = lease;
    this.observedAt = this.sys.now();
  }

  private isValid(lease: Lease): boolean {
    return this.observedAt + (lease.spec?.leaseDurationSeconds ?? 0) * SECOND > this.sys.now();
  }

  private report(error: unknown, method: string, message: string, name: string | undefined): false {
    if (!(error instanceof StatusError) && !isUnreachable(error)) throw error;
    const path = `${this.settings.server}/apis/coordination.k8s.io/v1/namespaces/${this.settings.namespace}/leases`;
    const url = `${name === undefined ? path : `${path}/${name}`}?timeout=5s`;
    const text = error instanceof StatusError ? error.message : requestErrorText(method, url, error);
    this.log.error(text, message, { lock: this.lock }, 'leaderelection.go:448');
    return false;
  }

  private recordEvent(what: string): void {
    if (this.observed) this.onEvent(this.observed, `${this.settings.identity} ${what}`);
  }
}

/** An identity nobody else has: the host's name and a random UUID. */
export function electionIdentity(sys: Pick<Sys, 'hostname' | 'random'>): string {
  const bytes = sys.random().bytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  return `${sys.hostname()}_${uuid}`;
}
