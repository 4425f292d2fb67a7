import { ClusterError } from '../port.js';
import type { Surroundings } from '../real/surroundings.js';
import { type KeptPlace, removeCluster } from './cluster-maker.js';
import { KindTool } from './kind-tool.js';
import { ownPrograms } from './programs.js';
import { recordFiles } from './record-files.js';
import { type ClusterRecord, ClusterRecords } from './records.js';
import { clusterName } from './shape.js';
import { findKeepers } from './tools.js';
import { versionIn, versionText } from './versions.js';

/**
 * How one of our clusters stands: `warm` ones are used again and deleted when room is needed, `kept` ones used again only,
 * `in use` now by some kubedrill, `left` with an attempt on it, `stray` ones half made, spoiled, or not remembered here.
 */
export type Standing = 'in use' | 'kept' | 'left' | 'stray' | 'warm';

/** A kind cluster of ours, as it is told. */
export interface KnownCluster {
  /** The name by which it is meant; kind knows it as `cluster`. */
  readonly name: string;
  readonly cluster: string;
  readonly stands: Standing;
  /** The rest is not known of a cluster that another home made. */
  readonly nodes?: number;
  readonly version?: string;
  readonly engine?: string;
  readonly network?: string;
  readonly addons?: readonly string[];
  /** Milliseconds since the Unix epoch. */
  readonly created?: number;
  /** Who uses it: a process of this computer, or of another. */
  readonly pid?: number;
}

/** Our kind clusters on this computer. */
export class KindInventory {
  private readonly records: ClusterRecords;
  private place: Promise<KeptPlace> | undefined;

  constructor(private readonly surroundings: Surroundings) {
    this.records = new ClusterRecords(recordFiles(surroundings.home));
  }

  /** All that kind has of ours, by name. What is remembered and gone is forgotten. Throws `ClusterError`. */
  async list(): Promise<readonly KnownCluster[]> {
    if (this.records.all().length === 0 && !isThere('kind', this.surroundings.environment)) return [];
    const place = await this.open();
    const there = new Set(await KindTool.of(place.programs, place.tools).ours());
    for (const record of this.records.all()) {
      const gone = record.engine === place.tools.engine.name && !there.has(record.host);
      if (gone && !this.records.holderOf(record)) this.records.forget(record.host);
    }
    const known = this.records.all();
    const strays = [...there].filter((host) => !known.some((record) => record.host === host));
    return [...known.map((record) => this.tell(record)), ...strays.map(unknown)].sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
  }

  /** Deletes a cluster. Throws `ClusterError` where somebody uses it, and in kind's words where kind refuses. */
  async delete(name: string): Promise<void> {
    const place = await this.open();
    const record = this.records.find(name);
    const holder = record && this.records.holderOf(record);
    if (holder) {
      throw new ClusterError(
        `${clusterName(name)} is in use by another kubedrill (process ${holder.pid}). End it there first.`,
      );
    }
    if (record && record.engine !== place.tools.engine.name) {
      throw new ClusterError(
        `${clusterName(name)} was made with ${record.engine}, and ${place.tools.engine.name} is used now. Set KIND_EXPERIMENTAL_PROVIDER=${record.engine} to reach it.`,
      );
    }
    await removeCluster(place, name);
  }

  /** Keeps a cluster when room is needed, or no longer. Throws `ClusterError` where it is not remembered. */
  keep(name: string, kept: boolean): void {
    if (!this.records.find(name))
      throw new ClusterError(`There is no cluster ${name}. \`kubedrill cluster list\` shows them.`);
    this.records.update(name, { kept });
  }

  private tell(record: ClusterRecord): KnownCluster {
    const { host, engine, shape, created } = record;
    const version = versionIn(/:([^/:@]+)(?:@|$)/.exec(shape.image)?.[1] ?? '');
    const holder = this.records.holderOf(record);
    return {
      name: host,
      cluster: clusterName(host),
      stands: holder ? 'in use' : standing(record),
      nodes: 1 + shape.workers,
      ...(version ? { version: versionText(version) } : {}),
      engine,
      network: shape.network,
      addons: shape.addons,
      created,
      ...(holder ? { pid: holder.pid } : {}),
    };
  }

  private open(): Promise<KeptPlace> {
    this.place ??= this.find();
    return this.place;
  }

  private async find(): Promise<KeptPlace> {
    const programs = ownPrograms(this.surroundings.environment);
    return { programs, records: this.records, tools: await findKeepers(programs, this.surroundings.environment) };
  }
}

function standing({ stands, kept, attempt }: ClusterRecord): Standing {
  if (stands !== 'ready') return 'stray';
  if (attempt !== undefined) return 'left';
  return kept ? 'kept' : 'warm';
}

/** Whether something of this name is in PATH, of use or not. */
function isThere(name: string, environment: Surroundings['environment']): boolean {
  const { path, ...without } = ownPrograms(environment).find(name);
  return path !== undefined || ('notExecutable' in without && without.notExecutable !== undefined);
}

function unknown(host: string): KnownCluster {
  return { name: host, cluster: clusterName(host), stands: 'stray' };
}
