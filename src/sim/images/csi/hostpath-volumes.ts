import type { CsiSnapshot } from '../../api/types/csi.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { inUnits } from './bytes.js';
import { packFolder, readPacked, unpackFolder } from './folder-archive.js';
import { DATA, type HostPathSnapshot, HostPathState, type HostPathVolume } from './hostpath-state.js';
import { CsiRefusal } from './serve.js';

/** What a volume is filled from; nothing when it is to be empty. */
interface Source {
  readonly volume?: string | undefined;
  readonly snapshot?: string | undefined;
}

const NANOSECONDS = 1000;
/** No volume may be larger (--max-volume-size). */
const BYTES_MAX = 2 ** 40;

/** The volumes of one hostpath driver: a folder for each in its data directory, and a file that says which there are. */
export class HostPathVolumes {
  private readonly state: HostPathState;

  /** Throws `CsiRefusal` when what it knew before cannot be read. */
  constructor(
    private readonly sys: Sys,
    /** Bytes that volumes of a kind may take together; where none is named there is no end. */
    private readonly capacity: ReadonlyMap<string, number>,
  ) {
    this.state = new HostPathState(sys);
  }

  /** Makes a volume, filled from a volume or a snapshot. Throws `CsiRefusal`. */
  create(name: string, bytes: number, kindWanted: string, block: boolean, source: Source): HostPathVolume {
    const volumes = this.read();
    const known = volumes.find((volume) => volume.name === name);
    if (known) {
      if (known.bytes >= bytes) return known;
      throw new CsiRefusal('AlreadyExists', `Volume with the same name: ${name} but with different size already exist`);
    }
    this.checkSize(bytes);
    const kind = this.kindFor(volumes, kindWanted, bytes);
    this.checkRoom(volumes, kind, bytes);
    const from = this.sourceOf(volumes, source, bytes);
    const id = this.freshId(name);
    const volume = { id, name, kind, bytes, block };
    this.makeContent(volume, from, source.snapshot);
    this.write([...volumes, volume]);
    return volume;
  }

  /** One that is not there counts as deleted. */
  remove(id: string): void {
    const volumes = this.read();
    const volume = volumes.find((one) => one.id === id);
    if (volume) this.removeContent(volume);
    this.write(volumes.filter((one) => one.id !== id));
  }

  expand(id: string, bytes: number): void {
    this.checkSize(bytes);
    const volumes = this.read();
    const volume = this.find(volumes, id);
    if (volume.bytes >= bytes) return;
    volume.bytes = bytes;
    this.write(volumes);
  }

  /** Takes a snapshot; one that has this name is the same. Throws `CsiRefusal`. */
  takeSnapshot(name: string, volumeId: string): CsiSnapshot {
    const { state } = this;
    const known = state.snapshots.find((snapshot) => snapshot.name === name);
    if (known && known.volumeId !== volumeId)
      throw new CsiRefusal(
        'AlreadyExists',
        `snapshot with the same name: ${name} but with different SourceVolumeId already exist`,
      );
    if (known) return shown(known);
    const { bytes, block } = this.find(state.volumes, volumeId);
    const id = this.freshId(name);
    const path = `${DATA}/${volumeId}`;
    if (block) this.sys.makeBlockDevice(pathOfSnapshot(id), bytes, path);
    // Where the real one has a gzipped tar.
    else this.sys.writeFile(pathOfSnapshot(id), JSON.stringify(packFolder(this.sys, path)), 0o644);
    const snapshot = { id, name, volumeId, bytes, created: this.sys.now() * NANOSECONDS };
    state.write(state.volumes, [...state.snapshots, snapshot]);
    return shown(snapshot);
  }

  /** One that is not there counts as deleted. */
  removeSnapshot(id: string): void {
    const { state } = this;
    if (!state.snapshots.some((snapshot) => snapshot.id === id)) return;
    this.sys.unlink(pathOfSnapshot(id));
    state.write(
      state.volumes,
      state.snapshots.filter((snapshot) => snapshot.id !== id),
    );
  }

  /** The snapshot of an id, if there is one. */
  findSnapshots(id: string): CsiSnapshot[] {
    return this.state.snapshots.filter((snapshot) => snapshot.id === id).map(shown);
  }

  /** Bytes that are left for volumes of a kind, and how large one may be. */
  room(kind: string): { bytes: number; bytesMax: number } {
    const bytes = this.capacity.size === 0 ? BYTES_MAX : (this.capacity.get(kind) ?? 0) - this.taken(this.read(), kind);
    return { bytes, bytesMax: Math.min(bytes, BYTES_MAX) };
  }

  /** Makes what a volume is, filled from a path. Nothing stays of one that cannot be filled. Throws `CsiRefusal`. */
  private makeContent(volume: HostPathVolume, from: string | undefined, snapshot: string | undefined): void {
    const path = `${DATA}/${volume.id}`;
    try {
      // Where the real one has a file behind a loop device.
      if (volume.block) this.sys.makeBlockDevice(path, volume.bytes, from);
      else this.makeFolder(path, from, snapshot);
    } catch (error) {
      this.removeContent(volume);
      if (!isErrno(error, 'ENOENT') || from === undefined || snapshot === undefined) throw error;
      throw new CsiRefusal('Unknown', notFilled(snapshot, volume.block ? missingForDd(from) : missingForTar(from)));
    }
  }

  private removeContent({ id, block }: HostPathVolume): void {
    try {
      if (block) this.sys.unlink(`${DATA}/${id}`);
      else this.removeTree(`${DATA}/${id}`);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }

  private makeFolder(path: string, from: string | undefined, snapshot: string | undefined): void {
    this.sys.makeDirectory(path, 0o777);
    this.sys.changeMode(path, 0o777);
    if (from === undefined) return;
    const packed =
      snapshot === undefined ? packFolder(this.sys, from) : readPacked(decodeText(this.sys.readFile(from)));
    if (!packed) throw new CsiRefusal('Unknown', notFilled(snapshot ?? '', NO_ARCHIVE));
    unpackFolder(this.sys, path, packed);
  }

  /** Where what a volume is filled from lies, if it is. */
  private sourceOf(volumes: readonly HostPathVolume[], { volume, snapshot }: Source, bytes: number) {
    if (volume !== undefined) {
      const from = this.find(volumes, volume);
      this.checkSource(`volume ${volume}`, from.bytes, bytes);
      return `${DATA}/${volume}`;
    }
    if (snapshot === undefined) return undefined;
    const from = this.state.snapshots.find(({ id }) => id === snapshot);
    if (!from) throw new CsiRefusal('NotFound', `snapshot id ${snapshot} does not exist in the snapshots list`);
    this.checkSource(`snapshot ${snapshot}`, from.bytes, bytes);
    return pathOfSnapshot(snapshot);
  }

  private checkSource(what: string, has: number, wanted: number): void {
    if (has <= wanted) return;
    const why = `${what} size ${has} is greater than requested volume size ${wanted}`;
    throw new CsiRefusal('InvalidArgument', why);
  }

  /** A volume of no kind is of the first that has room for it. */
  private kindFor(volumes: readonly HostPathVolume[], kind: string, bytes: number): string {
    if (kind !== '' || this.capacity.size === 0) return kind;
    for (const [name, limit] of this.capacity) if (this.taken(volumes, name) + bytes <= limit) return name;
    const why = `requested capacity ${bytes} of arbitrary storage exceeds all remaining capacity`;
    throw new CsiRefusal('ResourceExhausted', why);
  }

  /** Gives a volume to the node; once is enough. */
  attach(id: string, readOnly: boolean): void {
    const volumes = this.read();
    const volume = this.find(volumes, id);
    const wanted = readOnly ? 'for reading' : 'for writing';
    if (volume.attached === wanted) return;
    if (volume.attached) throw new CsiRefusal('AlreadyExists', 'Volume published but has incompatible readonly flag');
    volume.attached = wanted;
    this.write(volumes);
  }

  /** One that is not there counts as detached. */
  detach(id: string): void {
    const volumes = this.read();
    const volume = volumes.find((one) => one.id === id);
    if (!volume?.attached) return;
    delete volume.attached;
    this.write(volumes);
  }

  get(id: string): HostPathVolume {
    return this.find(this.read(), id);
  }

  private find(volumes: readonly HostPathVolume[], id: string): HostPathVolume {
    const found = volumes.find((volume) => volume.id === id);
    if (!found) throw new CsiRefusal('NotFound', `volume id ${id} does not exist in the volumes list`);
    return found;
  }

  private checkRoom(volumes: readonly HostPathVolume[], kind: string, bytes: number): void {
    if (this.capacity.size === 0) {
      const why = `capacity tracking disabled, specifying kind "${kind}" is invalid`;
      if (kind !== '') throw new CsiRefusal('InvalidArgument', why);
      return;
    }
    const limit = this.capacity.get(kind) ?? 0;
    const taken = this.taken(volumes, kind);
    if (taken + bytes <= limit) return;
    const used = `${inUnits(taken)} out of ${inUnits(limit)} already used`;
    const why = `requested capacity ${bytes} exceeds remaining capacity for "${kind}", ${used}`;
    throw new CsiRefusal('ResourceExhausted', why);
  }

  private checkSize(bytes: number): void {
    if (bytes <= BYTES_MAX) return;
    throw new CsiRefusal('OutOfRange', `Requested capacity ${bytes} exceeds maximum allowed ${BYTES_MAX}`);
  }

  private taken(volumes: readonly HostPathVolume[], kind: string): number {
    return volumes.filter((volume) => volume.kind === kind).reduce((sum, volume) => sum + volume.bytes, 0);
  }

  private read(): readonly HostPathVolume[] {
    return this.state.volumes;
  }

  private write(volumes: readonly HostPathVolume[]): void {
    this.state.write(volumes, this.state.snapshots);
  }

  private freshId(name: string): string {
    const hex = Buffer.from(this.sys.random().fork(`volume ${name}`).bytes(16)).toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private removeTree(path: string): void {
    for (const { name, type } of this.sys.readDirectory(path)) {
      if (type === 'directory') this.removeTree(`${path}/${name}`);
      else this.sys.unlink(`${path}/${name}`);
    }
    this.sys.removeDirectory(path);
  }
}

/** What its tar and its dd say of a snapshot's file, as Go tells of commands that fail. */
const NO_ARCHIVE =
  'exit status 2: gzip: invalid magic\ntar: Child returned status 1\ntar: Error is not recoverable: exiting now\n';
const missingForTar = (path: string) =>
  `exit status 2: tar (child): ${path}: Cannot open: No such file or directory\n` +
  'tar (child): Error is not recoverable: exiting now\n' +
  'tar: Child returned status 2\ntar: Error is not recoverable: exiting now\n';
const missingForDd = (path: string) => `exit status 1: dd: failed to open '${path}': No such file or directory\n`;

function notFilled(snapshot: string, why: string): string {
  return `failed pre-populate data from snapshot ${snapshot}: ${why}`;
}

function pathOfSnapshot(id: string): string {
  return `${DATA}/${id}.snap`;
}

function shown({ id, bytes, created }: HostPathSnapshot): CsiSnapshot {
  return { snapshotId: id, bytes, created, ready: true };
}
