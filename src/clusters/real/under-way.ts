/** An object of the API, as far as it tells whether somebody still works at it. */
export interface WatchedObject {
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly generation?: number;
    readonly deletionGracePeriodSeconds?: number;
    readonly deletionTimestamp?: string;
    readonly resourceVersion?: string;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

interface ContainerStatus {
  readonly ready?: boolean;
  readonly state?: { readonly waiting?: { readonly reason?: string }; readonly running?: object };
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Containers that wait for these reasons are being worked at; others wait for somebody to mend something, or for a next try. */
const IN_WORK = new Set(['ContainerCreating', 'PodInitializing']);

/**
 * Whether something is still to be expected of an object, though nothing changes at the moment: it is going, its
 * controller has not looked at it yet, its containers are being made or are not ready yet.
 */
export function isUnderWay(object: WatchedObject): boolean {
  const { metadata, status = {} } = object;
  if (metadata.deletionTimestamp !== undefined) return true;
  const observed = status['observedGeneration'];
  if (typeof observed === 'number' && metadata.generation !== undefined && observed < metadata.generation) return true;
  return object.kind === 'Pod' && isPodUnderWay(status);
}

function isPodUnderWay(status: Readonly<Record<string, unknown>>): boolean {
  const phase = status['phase'];
  const conditions = (status['conditions'] ?? []) as readonly Condition[];
  if (phase === 'Pending' && conditions.length === 0) return true;
  if (phase !== 'Pending' && phase !== 'Running') return false;
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap(
    (field) => (status[field] ?? []) as readonly ContainerStatus[],
  );
  if (statuses.some(({ state }) => IN_WORK.has(state?.waiting?.reason ?? ''))) return true;
  return statuses.some(({ ready, state }) => ready === false && state?.running !== undefined);
}
