import type { Sys } from '../../kernel/sys.js';

/** One thing in a folder, with its path below it. */
export interface Packed {
  readonly path: string;
  readonly type: 'directory' | 'file' | 'symlink';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A file's content in base64, or where a link leads. */
  readonly holds?: string;
}

/** All that lies in a folder; what has no content, such as a socket, is left out as tar leaves it. */
export function packFolder(sys: Sys, folder: string): readonly Packed[] {
  const packed: Packed[] = [];
  const pack = (below: string) => {
    for (const { name, type } of sys.readDirectory(`${folder}/${below}`)) {
      const path = `${below}${name}`;
      const { mode, uid, gid } = sys.lstat(`${folder}/${path}`);
      const own = { path, mode, uid, gid };
      if (type === 'directory') {
        packed.push({ ...own, type });
        pack(`${path}/`);
      } else if (type === 'symlink') packed.push({ ...own, type, holds: sys.readLink(`${folder}/${path}`) });
      else if (type === 'file')
        packed.push({ ...own, type, holds: Buffer.from(sys.readFile(`${folder}/${path}`)).toString('base64') });
    }
  };
  pack('');
  return packed;
}

/** Puts it all into another folder, with owners and modes. */
export function unpackFolder(sys: Sys, folder: string, packed: readonly Packed[]): void {
  for (const { path, type, mode, uid, gid, holds = '' } of packed) {
    const to = `${folder}/${path}`;
    if (type === 'directory') sys.makeDirectory(to, mode);
    else if (type === 'symlink') sys.symlink(holds, to);
    else sys.writeFile(to, Buffer.from(holds, 'base64'), mode);
    sys.changeOwner(to, uid, gid, false);
    if (type !== 'symlink') sys.changeMode(to, mode);
  }
}

/** Reads what `packFolder` gave as JSON; nothing when it is none. */
export function readPacked(text: string): readonly Packed[] | undefined {
  let packed: unknown;
  try {
    packed = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
  return Array.isArray(packed) && packed.every(isPacked) ? packed : undefined;
}

function isPacked(thing: unknown): thing is Packed {
  const { path, type, mode, uid, gid, holds = '' } = (thing ?? {}) as Record<string, unknown>;
  return (
    typeof path === 'string' &&
    ['directory', 'file', 'symlink'].includes(String(type)) &&
    [mode, uid, gid].every((number) => typeof number === 'number') &&
    typeof holds === 'string'
  );
}
