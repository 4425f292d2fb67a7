import { gunzipSync, gzipSync } from 'node:zlib';
import { isJsonObject } from '../../api/object.js';
import { formatMicroTime, parseTime } from '../../api/time.js';
import type { Micros } from '../../kernel/time.js';
import type { ChartFile, Lock, Metadata, Values } from '../chart/chart.js';
import { structJson } from '../output.js';
import type { Hook, Release, ReleaseStatus, StoredChart } from './release.js';

const BYTES_MAX = 64 * 2 ** 20;

/** A release as helm keeps it: JSON, packed, in base 64. */
export function encodeRelease(release: Release): string {
  const packed = gzipSync(Buffer.from(structJson(releaseValue(release))), { level: 9 });
  // The operating system field is Node's guess; Go writes "unknown".
  packed[9] = 0xff;
  return packed.toString('base64');
}

/** Back again; undefined when it is none. */
export function decodeRelease(text: string, labels: Readonly<Record<string, string>>): Release | undefined {
  try {
    const packed = Buffer.from(text, 'base64');
    const json = packed[0] === 0x1f ? gunzipSync(packed, { maxOutputLength: BYTES_MAX }) : packed;
    return releaseOf(JSON.parse(json.toString('utf8')), labels);
  } catch {
    return undefined;
  }
}

/** A release as Go's structures have its fields; `resources` stands in its info when it is shown. */
export function releaseValue(release: Release, resources?: unknown, withChart = true): object {
  const { first_deployed, last_deployed, deleted, description, status, notes } = release.info;
  return present({
    name: release.name,
    info: present({ first_deployed, last_deployed, deleted, description, status, notes, resources }),
    chart: withChart ? chartValue(release.chart) : undefined,
    config: release.config,
    manifest: release.manifest,
    hooks: release.hooks.map(hookValue),
    version: release.version,
    namespace: release.namespace,
    apply_method: release.apply_method,
  });
}

function hookValue(hook: Hook): object {
  const { name, kind, path, manifest, events, last_run, weight, delete_policies, output_log_policies } = hook;
  const { phase, ...instants } = last_run;
  return {
    ...present({ name, kind, path, manifest, events }),
    last_run: { ...present(instants), phase },
    ...present({ weight, delete_policies, output_log_policies }),
  };
}

/** Fields that are not empty (`omitempty`). */
function present(fields: object): object {
  const isEmpty = (value: unknown): boolean =>
    value === undefined ||
    value === '' ||
    value === 0 ||
    (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

const NO_TIME = '0001-01-01T00:00:00Z';

function chartValue(chart: StoredChart): object {
  const { metadata, lock, templates, values, schema, files, modified } = chart;
  return {
    metadata,
    lock: lock ?? null,
    templates: fileValues(templates),
    values: values ?? null,
    schema: schema ? Buffer.from(schema.data).toString('base64') : null,
    schemamodtime: instant(schema?.modified),
    files: fileValues(files),
    ...(modified ? { modtime: instant(modified) } : {}),
  };
}

function fileValues(files: readonly ChartFile[] | undefined): unknown {
  if (!files || files.length === 0) return files ? [] : null;
  return files.map(({ name, data, modified }) => ({
    name,
    data: Buffer.from(data).toString('base64'),
    ...(modified ? { modtime: instant(modified) } : {}),
  }));
}

function instant(micros: Micros | undefined): string {
  return micros ? goInstant(micros) : NO_TIME;
}

/** RFC 3339 as Go writes a time: as many digits of the second as there are. */
export function goInstant(at: Micros): string {
  return formatMicroTime(at).replace(/\.?0+Z$/, 'Z');
}

function releaseOf(value: unknown, labels: Readonly<Record<string, string>>): Release | undefined {
  if (!isJsonObject(value)) return undefined;
  const info = isJsonObject(value['info']) ? value['info'] : {};
  return {
    name: String(value['name'] ?? ''),
    info: { ...info, status: String(info['status'] ?? 'unknown') as ReleaseStatus },
    chart: chartOf(value['chart']),
    config: isJsonObject(value['config']) ? (value['config'] as Values) : {},
    manifest: String(value['manifest'] ?? ''),
    hooks: (Array.isArray(value['hooks']) ? (value['hooks'] as Partial<Hook>[]) : []).map(hookOf),
    version: Number(value['version'] ?? 0),
    namespace: String(value['namespace'] ?? ''),
    ...(typeof value['apply_method'] === 'string' ? { apply_method: value['apply_method'] } : {}),
    labels,
  };
}

function hookOf(hook: Partial<Hook>): Hook {
  return {
    name: hook.name ?? '',
    kind: hook.kind ?? '',
    path: hook.path ?? '',
    manifest: hook.manifest ?? '',
    events: hook.events ?? [],
    last_run: hook.last_run ?? { phase: '' },
    weight: hook.weight ?? 0,
    delete_policies: hook.delete_policies ?? [],
    output_log_policies: hook.output_log_policies ?? [],
  };
}

function chartOf(value: unknown): StoredChart {
  const fields = isJsonObject(value) ? value : {};
  const schema = fields['schema'];
  return {
    metadata: (fields['metadata'] ?? {}) as Metadata,
    values: (fields['values'] ?? undefined) as Values | undefined,
    lock: (fields['lock'] ?? undefined) as Lock | undefined,
    templates: filesOf(fields['templates']),
    files: filesOf(fields['files']),
    schema:
      typeof schema === 'string'
        ? { name: 'values.schema.json', data: Buffer.from(schema, 'base64'), modified: micros(fields['schemamodtime']) }
        : undefined,
    raw: [],
    modified: micros(fields['modtime']),
    dependencies: [],
  };
}

function filesOf(value: unknown): ChartFile[] {
  return (Array.isArray(value) ? value : []).map((file: { name: string; data?: string; modtime?: string }) => ({
    name: file.name,
    data: Buffer.from(file.data ?? '', 'base64'),
    modified: micros(file.modtime),
  }));
}

function micros(value: unknown): Micros {
  return typeof value === 'string' && value !== NO_TIME ? (parseTime(value) ?? 0) : 0;
}
