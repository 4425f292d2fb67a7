import { badRequest, StatusError } from '../../api/status.js';

/** Where a list goes on: the revision it is read at (-1: now), and the key after which. */
export interface ContinuePoint {
  readonly revision: number;
  readonly after: string;
}

/** Writes a continue token; `after` is relative to the prefix listed. */
export function writeContinue(point: ContinuePoint): string {
  const json = JSON.stringify({ v: 'meta.k8s.io/v1', rv: point.revision, start: `${point.after}\u0000` });
  return Buffer.from(json, 'utf8').toString('base64url');
}

/** Reads a continue token. Throws 400. */
export function readContinue(token: string): ContinuePoint {
  try {
    const json = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as {
      v?: string;
      rv?: number;
      start?: string;
    };
    if (json.v !== 'meta.k8s.io/v1' || typeof json.rv !== 'number' || !json.start) throw new Error();
    if (json.start.includes('..')) throw new Error();
    return { revision: json.rv, after: json.start.replace(/\0$/, '') };
  } catch {
    throw new StatusError(badRequest('continue key is not valid: illegal base64 data at input byte 0'));
  }
}
