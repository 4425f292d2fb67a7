import type { Micros } from '../kernel/time.js';
import { SECOND } from '../kernel/time.js';
import type { Change } from '../store/entry.js';

/** How long nothing may have changed before a cluster counts as quiet. */
const QUIET_SPAN: Micros = 30 * SECOND;
const TIMES = new Set(['lastHeartbeatTime', 'resourceVersion', 'managedFields']);
const LEASES = '/registry/leases/';
const HEARTBEATS = ['/registry/events/', '/registry/masterleases/'];

/** Tells when nothing but heartbeats has changed for a while. */
export class QuietWatch {
  private readonly now: () => Micros;
  private changedAt: Micros;

  constructor(now: () => Micros) {
    this.now = now;
    this.changedAt = now();
  }

  /** Takes notice of a write to the cluster's store. */
  saw(change: Change): void {
    if (!isHeartbeat(change)) this.changedAt = this.now();
  }

  /** Takes notice of something else that counts: an input, a step of the world. */
  disturb(): void {
    this.changedAt = this.now();
  }

  isQuiet(): boolean {
    return this.calmFor(QUIET_SPAN);
  }

  /** Whether nothing has changed for a span. */
  calmFor(span: Micros): boolean {
    return this.now() - this.changedAt >= span;
  }
}

/** Leases that are held already, events, and node statuses that only say once more what was known. */
function isHeartbeat({ key, entry, previous }: Change): boolean {
  if (key.startsWith(LEASES)) return previous !== undefined;
  if (HEARTBEATS.some((prefix) => key.startsWith(prefix))) return true;
  if (!key.startsWith('/registry/minions/') || !entry || !previous) return false;
  return sameButTimes(entry.value, previous.value);
}

function sameButTimes(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const fields = one as Record<string, unknown>;
  const others = other as Record<string, unknown>;
  const names = new Set([...Object.keys(fields), ...Object.keys(others)]);
  for (const name of names) if (!TIMES.has(name) && !sameButTimes(fields[name], others[name])) return false;
  return true;
}
