import { isDeepStrictEqual } from 'node:util';
import type { ReferenceRequest } from './requests.js';

/** An answer as far as it can be compared: what differs from run to run stands in capitals. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The warning headers, with commas between them. */
  readonly warnings?: string;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const MASKED_METADATA: Readonly<Record<string, string>> = { uid: 'UID', resourceVersion: 'VERSION' };

/** Masks an answer: UIDs, versions, times that the request did not name, generated names and what was allotted. */
export function masked(request: ReferenceRequest, status: number, body: unknown, warnings = ''): Answer {
  const known = JSON.stringify(request.body ?? null);
  const drawn = drawnName(request);
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return maskText(drawn ? value.replace(drawn, '$1DRAWN') : value, key, known);
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, name)]));
  };
  const plain = inOrder(request, withoutAges(request, withoutAllotted(request, walk(body, ''))));
  return { status, body: plain, ...(warnings === '' ? {} : { warnings }) };
}

function maskText(value: string, key: string, known: string): string {
  const mask = MASKED_METADATA[key];
  if (mask !== undefined && !known.includes(`"${key}":"${value}"`)) return mask;
  if (TIME.test(value) && !known.includes(value)) return 'TIME';
  return value
    .replace(/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-XXXXX')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (uid) => (known.includes(uid) ? uid : 'UID'));
}

/** What a name drawn from `generateName` looks like; undefined where none is drawn. */
function drawnName({ body }: ReferenceRequest): RegExp | undefined {
  const { name, generateName } = (body as Allotted | undefined)?.metadata ?? {};
  if (name || typeof generateName !== 'string' || generateName === '') return undefined;
  const base = generateName.slice(0, 58).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(${base})[bcdfghjklmnpqrstvwxz2456789]{5}(?![a-z0-9])`, 'g');
}

interface Allotted {
  metadata?: { name?: string; generateName?: string };
  spec?: { clusterIP?: string; clusterIPs?: string[]; healthCheckNodePort?: number; ports?: { nodePort?: number }[] };
}

/** Takes away what a server draws: a name of `generateName`, an address, a port of the nodes. */
function withoutAllotted(request: ReferenceRequest, body: unknown): unknown {
  const asked = (request.body ?? {}) as Allotted;
  const got = body as Allotted;
  if (typeof got !== 'object' || got === null) return body;
  const drawn = got.metadata?.generateName;
  if (got.metadata && drawn && !asked.metadata?.name) got.metadata.name = `${drawn}DRAWN`;
  if (!request.kind.endsWith(' Service') || !got.spec || typeof asked.spec !== 'object') return body;
  if (!asked.spec?.clusterIP && got.spec.clusterIP && got.spec.clusterIP !== 'None') {
    got.spec.clusterIP = 'DRAWN';
    got.spec.clusterIPs = ['DRAWN'];
  }
  if (!asked.spec?.healthCheckNodePort && got.spec.healthCheckNodePort) got.spec.healthCheckNodePort = -1;
  got.spec.ports?.forEach((port, index) => {
    if (port.nodePort && port.nodePort !== asked.spec?.ports?.[index]?.nodePort) port.nodePort = -1;
  });
  return body;
}

/** Masks what a table shows of the time that has passed, and of addresses that were drawn. */
function withoutAges(request: ReferenceRequest, body: unknown): unknown {
  if (Array.isArray(body)) return body.map((event) => ({ ...event, object: withoutAges(request, event.object) }));
  const { kind, rows } = body as { kind?: string; rows?: { cells: unknown[] }[] };
  if (kind !== 'Table') return body;
  const drawn = request.kind.endsWith(' Service') ? /^10\.\d+\.\d+\.\d+$/ : /^$/;
  for (const row of rows ?? []) {
    row.cells = row.cells.map((cell) => {
      if (typeof cell !== 'string') return cell;
      if (/^(\d+[smhdy])+$/.test(cell)) return 'AGE';
      return drawn.test(cell) ? 'ADDRESS' : cell;
    });
  }
  return body;
}

/** Sorts what the real server collects from maps, in another order each time: the rules of somebody's rights. */
function inOrder(request: ReferenceRequest, body: unknown): unknown {
  if (!request.kind.endsWith(' SelfSubjectRulesReview')) return body;
  const status = (body as { status?: Record<string, unknown> }).status;
  if (typeof status !== 'object' || status === null) return body;
  for (const name of ['resourceRules', 'nonResourceRules']) {
    const rules = status[name];
    if (Array.isArray(rules)) rules.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return body;
}

/** One difference between two JSON values: where, and what stands there now; without a value nothing does. */
export type Difference = readonly [path: string, value?: unknown];

/** What must be changed in `base` to have `value`; empty when they are equal. Paths are JSON pointers. */
export function differences(base: unknown, value: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(base, value)) return [];
  if (!isObject(base) || !isObject(value) || Array.isArray(base) !== Array.isArray(value)) return [[path, value]];
  if (Array.isArray(base) && Array.isArray(value) && base.length !== value.length) return [[path, value]];
  const keys = [...new Set([...Object.keys(base), ...Object.keys(value)])];
  return keys.flatMap((key): Difference[] => {
    const where = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!(key in value)) return [[where]];
    return key in base ? differences(base[key], value[key], where) : [[where, value[key]]];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
