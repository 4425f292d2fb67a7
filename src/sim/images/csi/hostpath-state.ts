import { JsonError, readJsonChunk } from '../../api/yaml/json-reader.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import { CsiRefusal } from './serve.js';

export interface HostPathVolume {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly block: boolean;
  bytes: number;
  /** Whether a controller has given it to the node, and only for reading. */
  attached?: 'for writing' | 'for reading';
}

export interface HostPathSnapshot {
  readonly id: string;
  readonly name: string;
  readonly volumeId: string;
  readonly bytes: number;
  /** Nanoseconds since 1970. */
  readonly created: number;
}

/** Where the driver keeps everything. */
export const DATA = '/csi-data-dir';
const STATE = `${DATA}/state.json`;

/** Which volumes and snapshots there are: known from when the driver starts, and written down with every change. */
export class HostPathState {
  volumes: readonly HostPathVolume[] = [];
  snapshots: readonly HostPathSnapshot[] = [];

  /** Throws `CsiRefusal` when what was written down cannot be read. */
  constructor(private readonly sys: Sys) {
    let text: string;
    try {
      text = decodeText(sys.readFile(STATE));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'ENOENT') return;
      const why = `open ${STATE}: ${error.message.toLowerCase()}`;
      throw new CsiRefusal('Internal', `error reading state file: ${why}`);
    }
    const { volumes = [], snapshots = [] } = parseState(text);
    this.volumes = volumes;
    this.snapshots = snapshots;
  }

  write(volumes: readonly HostPathVolume[], snapshots: readonly HostPathSnapshot[]): void {
    this.volumes = volumes;
    this.snapshots = snapshots;
    this.sys.writeFile(STATE, JSON.stringify({ volumes, snapshots }), 0o600);
  }
}

function parseState(text: string): { volumes?: HostPathVolume[]; snapshots?: HostPathSnapshot[] } {
  try {
    const chunk = readJsonChunk(text, 0);
    if (!chunk) throw new JsonError('unexpected end of JSON input', 0);
    return chunk.value as { volumes?: HostPathVolume[] };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const where = JSON.stringify(STATE);
    throw new CsiRefusal('Internal', `error encoding volumes and snapshots from state file ${where}: ${error.message}`);
  }
}
