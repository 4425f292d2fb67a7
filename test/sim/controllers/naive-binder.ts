/**
 * Which volume a claim gets, decided by trying every rule on every volume and sorting what is left, without a look at how
 * the program does it. Sizes are whole MiB; the rules are those of the Kubernetes documentation (Persistent Volumes:
 * binding) and of the API reference of v1.36.
 */
export interface NaiveVolume {
  readonly name: string;
  readonly mebibytes: number;
  readonly modes: readonly string[];
  readonly block: boolean;
  readonly className: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly phase: string;
  readonly deleting: boolean;
  readonly attributes: string;
  /** Whose it is: `namespace/name`, and the uid where one is written. */
  readonly owner?: { readonly key: string; readonly uid: string };
}

export interface NaiveClaim {
  readonly key: string;
  readonly uid: string;
  readonly mebibytes: number;
  readonly modes: readonly string[];
  readonly block: boolean;
  readonly className: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly attributes: string;
}

/** The names of all volumes that are equally right; none when the claim has to wait. */
export function naivelyRight(claim: NaiveClaim, volumes: readonly NaiveVolume[], waits: boolean): string[] {
  const isPromised = (volume: NaiveVolume): boolean =>
    volume.owner?.key === claim.key && (volume.owner.uid === '' || volume.owner.uid === claim.uid);
  const canEver = (volume: NaiveVolume): boolean =>
    volume.mebibytes >= claim.mebibytes &&
    claim.modes.every((mode) => volume.modes.includes(mode)) &&
    volume.block === claim.block &&
    volume.attributes === claim.attributes &&
    !volume.deleting;
  const possible = volumes.filter(canEver);
  const isFree = (volume: NaiveVolume): boolean =>
    !waits &&
    volume.owner === undefined &&
    volume.phase === 'Available' &&
    volume.className === claim.className &&
    Object.entries(claim.selector ?? {}).every(([key, value]) => volume.labels[key] === value);
  const candidates = possible.filter((volume) => isPromised(volume) || isFree(volume));
  if (candidates.length === 0) return [];
  // Fewest modes first; within as many modes those of one set of modes are looked at together, in no order of the sets.
  const fewest = Math.min(...candidates.map(({ modes }) => new Set(modes).size));
  const first = candidates.filter(({ modes }) => new Set(modes).size === fewest);
  const sets = new Map<string, NaiveVolume[]>();
  for (const volume of first) {
    const key = [...new Set(volume.modes)].sort().join();
    sets.set(key, [...(sets.get(key) ?? []), volume]);
  }
  return [...sets.values()].flatMap((set) => {
    const promised = set.filter(isPromised);
    if (promised.length > 0) return promised.map(({ name }) => name);
    const smallest = Math.min(...set.map(({ mebibytes }) => mebibytes));
    return set.filter(({ mebibytes }) => mebibytes === smallest).map(({ name }) => name);
  });
}
