import type { Holder } from '../holder.js';
import type { Shape } from './shape.js';

/** What is remembered of a cluster that we made. */
export interface ClusterRecord {
  /** Its hosts' names begin with it; the cluster is `kubedrill-HOST`. */
  readonly host: string;
  readonly engine: string;
  readonly shape: Shape;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  /** `creating` until it was ready once: what is found so later was left behind. */
  readonly stands: 'creating' | 'ready' | 'spoiled';
  readonly kept?: boolean;
  /** The attempt it was given to last, until it is made what it was. */
  readonly attempt?: string | undefined;
  /** Who works with it now. */
  readonly holder?: Holder | undefined;
}

/** Where the records are, and what keeps two kubedrills from changing them at once. */
export interface RecordStore {
  /** The text written last; undefined where there is none yet. */
  read(): string | undefined;
  /** Writes all of it or nothing. */
  write(text: string): void;
  /** Runs `use` while no other kubedrill does. */
  inTurn<T>(use: () => T): T;
  /** A private folder for what belongs to a cluster (its kubeconfig, programs, what it looked like); made when asked for. */
  folder(host: string): string;
  removeFolder(host: string): void;
  /** Whether that kubedrill still runs. */
  isAlive(holder: Holder): boolean;
  readonly me: Holder;
}

const VERSION = 1;

/** The clusters that kubedrill made on this computer, as its home remembers them. */
export class ClusterRecords {
  constructor(private readonly store: RecordStore) {}

  all(): readonly ClusterRecord[] {
    return parse(this.store.read());
  }

  find(host: string): ClusterRecord | undefined {
    return this.all().find((record) => record.host === host);
  }

  /** Who works with a cluster now, if somebody who still runs does. */
  holderOf({ holder }: ClusterRecord): Holder | undefined {
    return holder && this.store.isAlive(holder) ? holder : undefined;
  }

  /** Remembers a cluster that is about to be made, in this kubedrill's hands. */
  begin(record: Pick<ClusterRecord, 'host' | 'engine' | 'shape' | 'created' | 'attempt'>): void {
    this.change((records) => [
      ...records.filter(({ host }) => host !== record.host),
      { ...record, stands: 'creating', holder: this.store.me },
    ]);
  }

  /** Changes what is remembered of a cluster; one that is not remembered stays so. */
  update(host: string, changes: Partial<ClusterRecord>): void {
    this.change((records) => records.map((record) => (record.host === host ? { ...record, ...changes } : record)));
  }

  /** Takes the first free cluster that fits; another kubedrill that asks at the same moment gets another one. */
  take(fits: (record: ClusterRecord) => boolean): ClusterRecord | undefined {
    return this.store.inTurn(() => {
      const records = this.all();
      const free = records.find((record) => fits(record) && this.holderOf(record) === undefined);
      if (!free) return undefined;
      const taken = { ...free, holder: this.store.me };
      this.save(records.map((record) => (record === free ? taken : record)));
      return taken;
    });
  }

  /** Gives a cluster back. */
  release(host: string): void {
    this.update(host, { holder: undefined });
  }

  /** Forgets a cluster and what was kept of it. */
  forget(host: string): void {
    this.change((records) => records.filter((record) => record.host !== host));
    this.store.removeFolder(host);
  }

  folder(host: string): string {
    return this.store.folder(host);
  }

  private change(to: (records: readonly ClusterRecord[]) => readonly ClusterRecord[]): void {
    this.store.inTurn(() => this.save(to(this.all())));
  }

  private save(clusters: readonly ClusterRecord[]): void {
    this.store.write(`${JSON.stringify({ version: VERSION, clusters }, undefined, 2)}\n`);
  }
}

/** What cannot be read counts as nothing: clusters that are there are found by their names all the same. */
function parse(text: string | undefined): readonly ClusterRecord[] {
  if (text === undefined) return [];
  try {
    const { version, clusters } = JSON.parse(text) as { version?: number; clusters?: unknown };
    return version === VERSION && Array.isArray(clusters) ? clusters.filter(isRecord) : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is ClusterRecord {
  const { host, engine, shape, created } = (value ?? {}) as Partial<ClusterRecord>;
  return (
    typeof host === 'string' &&
    typeof engine === 'string' &&
    typeof created === 'number' &&
    Array.isArray(shape?.addons)
  );
}
