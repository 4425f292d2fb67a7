import { describeValue } from '../../api/decode-scalar.js';
import { badRequest, StatusError } from '../../api/status.js';
import { readJson } from '../request/json-body.js';

/** Where a list goes on: the revision it is read at (-1: now), and the key after which. */
export interface ContinuePoint {
  readonly revision: number;
  readonly after: string;
}

const VERSION = 'meta.k8s.io/v1';

/** Writes a continue token; `after` is relative to the prefix listed. */
export function writeContinue(point: ContinuePoint): string {
  const json = JSON.stringify({ v: VERSION, rv: point.revision, start: `${point.after}\u0000` });
  return Buffer.from(json, 'utf8').toString('base64url');
}

/** Reads a continue token. Throws 400 in the words of storage's DecodeContinue. */
export function readContinue(token: string): ContinuePoint {
  const wrong = misplaced(token);
  if (wrong !== undefined) throw invalidToken(`: illegal base64 data at input byte ${wrong}`);
  const { v = '', rv = 0, start = '' } = parsed(Buffer.from(token, 'base64url').toString('utf8'));
  if (v !== VERSION) throw invalidToken(`: server does not recognize this encoded version ${v}`);
  if (rv === 0) throw invalidToken(`: incorrect encoded start resourceVersion (version ${VERSION})`);
  if (start === '') throw invalidToken(`: encoded start key empty (version ${VERSION})`);
  if (isClimbing(start)) throw invalidToken(`: ${start}`);
  return { revision: rv, after: start.replace(/\0$/, '') };
}

interface Token {
  v?: string;
  rv?: number;
  start?: string;
}

const FIELDS = { v: 'string', rv: 'int64', start: 'string' } as const;

function parsed(text: string): Token {
  let value: unknown;
  try {
    value = readJson(text) ?? {};
  } catch (error) {
    throw invalidToken(`: ${(error as Error).message}`);
  }
  const found = describeValue(value);
  if (found !== 'object') throw invalidToken(`: ${mismatch(found, 'value of type storage.continueToken')}`);
  const token: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(value as object)) {
    // Go finds fields whatever their case.
    const field = name.toLowerCase();
    if (!(field === 'v' || field === 'rv' || field === 'start') || given === null) continue;
    if (!fits(field, given)) {
      const what = describeValue(given);
      const shown = field === 'rv' && what === 'number' ? `number ${given}` : what;
      throw invalidToken(`: ${mismatch(shown, `struct field continueToken.${field} of type ${FIELDS[field]}`)}`);
    }
    token[field] = given;
  }
  return token;
}

function fits(field: keyof typeof FIELDS, value: unknown): boolean {
  return field === 'rv' ? Number.isSafeInteger(value) : typeof value === 'string';
}

const mismatch = (found: string, wanted: string): string => `json: cannot unmarshal ${found} into Go ${wanted}`;

/** Where Go's decoder of base64 without padding gives up. */
function misplaced(token: string): number | undefined {
  const at = token.search(/[^A-Za-z0-9_-]/);
  if (at >= 0) return at;
  return token.length % 4 === 1 ? token.length - 1 : undefined;
}

/** Whether a key would leave what is listed. */
function isClimbing(key: string): boolean {
  return key
    .replace(/^\//, '')
    .split('/')
    .some((part) => part === '' || part === '.' || part === '..');
}

function invalidToken(why: string): StatusError {
  return new StatusError(badRequest(`invalid continue token: continue key is not valid${why}`));
}
