import type { KubeObject } from '../../api/object.js';
import type { ServiceSpec } from '../../api/types/service.js';
import type { Change } from '../../store/entry.js';
import type { Store } from '../../store/store.js';
import { objectOf } from '../storage/stored-object.js';

const SERVICES = '/registry/services/specs/';

/** What a service holds of the shared pools. */
interface Holdings {
  readonly addresses: readonly string[];
  readonly ports: readonly number[];
}

/** Who holds which addresses and node ports, kept beside the services themselves: an answer costs the same for any number. */
export class HeldByServices {
  private readonly addresses = new Map<string, string>();
  private readonly ports = new Map<number, Set<string>>();
  private readonly of = new Map<string, Holdings>();

  constructor(store: Store) {
    for (const entry of store.range({ prefix: SERVICES }).entries) this.take(entry.key, objectOf(entry));
    store.watch(SERVICES, 0, (changes: readonly Change[]) => {
      for (const { key, entry } of changes) {
        this.release(key);
        if (entry) this.take(key, objectOf(entry));
      }
    });
  }

  /** Whether somebody but this service has an address. */
  hasAddress(address: string, except: string): boolean {
    const holder = this.addresses.get(address);
    return holder !== undefined && holder !== except;
  }

  /** Whether somebody but this service has a node port, of whatever protocol. */
  hasPort(port: number, except: string): boolean {
    const holders = this.ports.get(port);
    return holders !== undefined && (holders.size > 1 || !holders.has(except));
  }

  private take(key: string, object: KubeObject): void {
    const spec = (object['spec'] ?? {}) as ServiceSpec;
    const addresses = (spec.clusterIPs ?? [spec.clusterIP ?? '']).filter((one) => one !== '' && one !== 'None');
    const ports = [...(spec.ports ?? []).map(({ nodePort }) => nodePort), spec.healthCheckNodePort].flatMap(
      (port) => port || [],
    );
    for (const address of addresses) this.addresses.set(address, key);
    for (const port of ports) this.ports.set(port, (this.ports.get(port) ?? new Set()).add(key));
    this.of.set(key, { addresses, ports });
  }

  private release(key: string): void {
    const held = this.of.get(key);
    this.of.delete(key);
    for (const address of held?.addresses ?? [])
      if (this.addresses.get(address) === key) this.addresses.delete(address);
    for (const port of held?.ports ?? []) {
      const holders = this.ports.get(port);
      holders?.delete(key);
      if (holders?.size === 0) this.ports.delete(port);
    }
  }
}

const known = new WeakMap<Store, HeldByServices>();

/** What the services of a store hold. */
export function heldByServices(store: Store): HeldByServices {
  let held = known.get(store);
  if (!held) {
    held = new HeldByServices(store);
    known.set(store, held);
  }
  return held;
}

/** The key of a service. */
export function serviceKey({ metadata }: KubeObject): string {
  return `${SERVICES}${metadata.namespace}/${metadata.name}`;
}
