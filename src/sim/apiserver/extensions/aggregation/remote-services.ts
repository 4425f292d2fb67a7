/** The APIServices that other servers stand behind, as etcd has them. */
import { compareVersions } from '../../../api/custom/kube-versions.js';
import type { JsonObject } from '../../../api/object.js';
import type { APIService } from '../../../api/types/api-service.js';
import { madeOnce } from '../../../kernel/made-once.js';
import { WaitQueue } from '../../../kernel/wait.js';
import type { Store } from '../../../store/store.js';
import type { EtcdAccess } from '../../storage/etcd-access.js';
import { objectOf } from '../../storage/stored-object.js';

const PREFIX = '/registry/apiregistration.k8s.io/apiservices/';
/** Whether others can be asked depends on these. */
const WATCHED = [PREFIX, '/registry/services/specs/', '/registry/endpointslices/'];

/** Follows the APIServices of one store; another one is followed when etcd was replaced or restored. */
class RemoteServices {
  /** Woken when something changed that availability depends on. */
  readonly changed = new WaitQueue();
  /** What the others said of their resources when they were asked last, by group and version. */
  readonly told = new Map<string, readonly JsonObject[]>();
  #store: Store | undefined;
  #stop: (() => void)[] = [];
  #stale = false;
  #byVersion: ReadonlyMap<string, APIService> = new Map();

  constructor(private readonly etcd: EtcdAccess) {}

  /** The one for a version of a group; undefined where the server answers itself. */
  find(group: string, version: string): APIService | undefined {
    return this.#current().get(`${group}/${version}`);
  }

  /** All of them, in order. */
  all(): readonly APIService[] {
    return [...this.#current().values()];
  }

  /** Their groups, each with its versions. */
  groups(): ReadonlyMap<string, readonly string[]> {
    const groups = new Map<string, string[]>();
    for (const { spec } of this.#current().values()) {
      const { group = '', version = '' } = spec;
      groups.set(group, [...(groups.get(group) ?? []), version].sort(compareVersions));
    }
    return groups;
  }

  #current(): ReadonlyMap<string, APIService> {
    const store = this.etcd.current;
    if (store && store !== this.#store) this.#follow(store);
    if (this.#stale && this.#store) {
      this.#stale = false;
      const objects = this.#store.range({ prefix: PREFIX }).entries.map((entry) => objectOf(entry) as APIService);
      const remote = objects.filter(({ spec }) => spec.service !== undefined);
      this.#byVersion = new Map(remote.map((one) => [`${one.spec.group ?? ''}/${one.spec.version ?? ''}`, one]));
    }
    return this.#byVersion;
  }

  #follow(store: Store): void {
    for (const stop of this.#stop) stop();
    this.#store = store;
    this.#stale = true;
    this.#stop = WATCHED.map((prefix) =>
      store.watch(prefix, 0, () => {
        if (prefix === PREFIX) this.#stale = true;
        if (this.#byVersion.size > 0 || prefix === PREFIX) this.changed.wakeAll();
      }),
    );
  }
}

/** The remote services of a server's etcd: the same ones for all its parts. */
export const remoteServices = madeOnce((etcd: EtcdAccess) => new RemoteServices(etcd));

/** Whether an APIService can be asked. */
export function isAvailable({ status }: APIService): boolean {
  return (status?.conditions ?? []).some(({ type, status: value }) => type === 'Available' && value === 'True');
}
