import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { inUnits } from './bytes.js';
import { CsiRefusal } from './serve.js';

interface HostPathVolume {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  bytes: number;
  /** Whether a controller has given it to the node, and only for reading. */
  attached?: 'for writing' | 'for reading';
}

const DATA = '/csi-data-dir';
/** No volume may be larger (--max-volume-size). */
const BYTES_MAX = 2 ** 40;
const STATE = `${DATA}/state.json`;

/** The volumes of one hostpath driver: a folder for each in its data directory, and a file that says which there are. */
export class HostPathVolumes {
  constructor(
    private readonly sys: Sys,
    /** Bytes that volumes of a kind may take together; where none is named there is no end. */
    private readonly capacity: ReadonlyMap<string, number>,
  ) {}

  create(name: string, bytes: number, kind: string, from?: string): HostPathVolume {
    const volumes = this.read();
    const known = volumes.find((volume) => volume.name === name);
    if (known) {
      if (known.bytes >= bytes) return known;
      throw new CsiRefusal('AlreadyExists', `Volume with the same name: ${name} but with different size already exist`);
    }
    this.checkSize(bytes);
    this.checkRoom(volumes, kind, bytes);
    const id = this.freshId(name);
    const source = from === undefined ? undefined : this.find(volumes, from);
    this.sys.makeDirectory(`${DATA}/${id}`, 0o777);
    this.sys.changeMode(`${DATA}/${id}`, 0o777);
    if (source) this.copy(`${DATA}/${source.id}`, `${DATA}/${id}`);
    const volume = { id, name, kind, bytes };
    this.write([...volumes, volume]);
    return volume;
  }

  /** One that is not there counts as deleted. */
  remove(id: string): void {
    this.removeTree(`${DATA}/${id}`);
    this.write(this.read().filter((volume) => volume.id !== id));
  }

  expand(id: string, bytes: number): void {
    this.checkSize(bytes);
    const volumes = this.read();
    const volume = this.find(volumes, id);
    if (volume.bytes >= bytes) return;
    volume.bytes = bytes;
    this.write(volumes);
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

  private read(): HostPathVolume[] {
    try {
      return JSON.parse(decodeText(this.sys.readFile(STATE))) as HostPathVolume[];
    } catch (error) {
      if (isErrno(error)) return [];
      throw error;
    }
  }

  private write(volumes: readonly HostPathVolume[]): void {
    this.sys.writeFile(STATE, JSON.stringify(volumes), 0o600);
  }

  private freshId(name: string): string {
    const hex = Buffer.from(this.sys.random().fork(`volume ${name}`).bytes(16)).toString('hex');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }

  private copy(from: string, to: string): void {
    for (const { name, type } of this.sys.readDirectory(from)) {
      const { mode } = this.sys.lstat(`${from}/${name}`);
      if (type === 'directory') {
        this.sys.makeDirectory(`${to}/${name}`, mode & 0o7777);
        this.copy(`${from}/${name}`, `${to}/${name}`);
      } else if (type === 'file')
        this.sys.writeFile(`${to}/${name}`, this.sys.readFile(`${from}/${name}`), mode & 0o7777);
    }
  }

  private removeTree(path: string): void {
    try {
      for (const { name, type } of this.sys.readDirectory(path)) {
        if (type === 'directory') this.removeTree(`${path}/${name}`);
        else this.sys.unlink(`${path}/${name}`);
      }
      this.sys.removeDirectory(path);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }
}
