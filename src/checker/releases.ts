import { gunzipSync } from 'node:zlib';
import type { ObjectReader } from './objects.js';

/** A revision of a release as helm keeps it. */
export interface Release {
  readonly name: string;
  readonly version: number;
  readonly namespace?: string;
  readonly info?: { readonly status?: string; readonly description?: string; readonly notes?: string };
  readonly chart?: {
    readonly metadata?: { readonly name?: string; readonly version?: string; readonly appVersion?: string };
    readonly values?: Readonly<Record<string, unknown>>;
  };
  readonly config?: Readonly<Record<string, unknown>>;
  readonly manifest?: string;
}

const BYTES_MAX = 64 * 2 ** 20;

/** The revisions of a release, oldest first, from the Secrets helm keeps them in. */
export async function releasesOf(objects: ObjectReader, namespace: string, name: string): Promise<readonly Release[]> {
  const selector = `owner=helm,name=${name}`;
  const secrets = await objects.read({ apiVersion: 'v1', kind: 'Secret', namespace, selector });
  return secrets
    .flatMap((secret) => decode((secret['data'] as Record<string, unknown> | undefined)?.['release']) ?? [])
    .sort((one, other) => one.version - other.version);
}

/** Base 64 of the API, base 64 of helm, gzip (but of old ones), JSON. */
function decode(data: unknown): Release | undefined {
  try {
    const packed = Buffer.from(Buffer.from(data as string, 'base64').toString('utf8'), 'base64');
    const text = packed[0] === 0x1f ? gunzipSync(packed, { maxOutputLength: BYTES_MAX }) : packed;
    return JSON.parse(text.toString('utf8')) as Release;
  } catch {
    // Somebody wrote something else there; helm does not see a release in it either.
    return undefined;
  }
}

/** The values a release runs with: the chart's own, and what was given on top; null takes one away. */
export function effectiveValues({ chart, config }: Release): unknown {
  return merged(chart?.values, config ?? {});
}

function merged(base: Readonly<Record<string, unknown>> | undefined, over: Readonly<Record<string, unknown>>): unknown {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (key === '__proto__') continue;
    const own = result[key];
    if (value === null) delete result[key];
    else result[key] = isMap(value) && isMap(own) ? merged(own, value) : value;
  }
  return result;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
