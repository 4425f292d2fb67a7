import { compareBytes } from '../../api/bytewise.js';
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { scalarText } from '../chart/metadata.js';
import { HelmError, messageOf } from '../errors.js';
import type { Hook, HookEvent } from '../release/release.js';
import { compareKinds } from './kind-order.js';

/** One document of a rendered template. */
export interface Manifest {
  /** The template's path, with the chart's name before it. */
  readonly path: string;
  readonly content: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rendered templates in the order they are made: hooks apart from all others. */
export interface SortedManifests {
  readonly hooks: Hook[];
  readonly manifests: Manifest[];
}

const EVENTS: readonly HookEvent[] = [
  'pre-install',
  'post-install',
  'pre-delete',
  'post-delete',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'test',
];
const SEPARATOR = /(?:^|\s*\n)---\s*/;

/** The documents of a stream as helm cuts it, empty ones left out. */
export function splitManifests(text: string): string[] {
  return text
    .trimStart()
    .split(SEPARATOR)
    .map((document) => document.trimStart())
    .filter((document) => document !== '');
}

/** Sorts rendered files by kind. Throws HelmError for what is no YAML; `skipped` hears of hooks of unknown events. */
export function sortManifests(
  files: ReadonlyMap<string, string>,
  order: readonly string[],
  skipped: (events: string) => void = () => {},
): SortedManifests {
  const hooks: Hook[] = [];
  const manifests: Manifest[] = [];
  for (const path of [...files.keys()].sort(compareBytes)) {
    const base = path.slice(path.lastIndexOf('/') + 1);
    if (base.startsWith('_')) continue;
    for (const content of splitManifests(files.get(path) ?? '')) {
      const manifest = headOf(path, content);
      const events = manifest.annotations['helm.sh/hook'];
      if (events === undefined) manifests.push(manifest);
      else {
        const hook = hookOf(manifest, events);
        if (hook) hooks.push(hook);
        else skipped(events);
      }
    }
  }
  return {
    hooks: hooks.sort((a, b) => compareKinds(a.kind, b.kind, order)),
    manifests: manifests.sort((a, b) => compareKinds(a.kind, b.kind, order)),
  };
}

function headOf(path: string, content: string): Manifest {
  let value: unknown;
  try {
    value = readYaml(content);
  } catch (error) {
    throw new HelmError(`YAML parse error on ${path}: ${yamlToJsonText(error)}`);
  }
  if (value !== null && !isJsonObject(value)) {
    const is = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
    throw new HelmError(
      `YAML parse error on ${path}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${is} into Go value of type util.SimpleHead`,
    );
  }
  const fields: JsonObject = value ?? {};
  const metadata = isJsonObject(fields['metadata']) ? fields['metadata'] : {};
  const given = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {};
  const annotations: Record<string, string> = {};
  for (const [key, text] of Object.entries(given)) {
    if (typeof text === 'object' && text !== null)
      throw new HelmError(
        `YAML parse error on ${path}: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${Array.isArray(text) ? 'array' : 'object'} into Go struct field .metadata.annotations of type string`,
      );
    annotations[key] = text === null ? '' : scalarText(text);
  }
  const text = (item: unknown): string =>
    item === null || item === undefined || typeof item === 'object' ? '' : scalarText(item);
  return {
    path,
    content,
    apiVersion: text(fields['apiVersion']),
    kind: text(fields['kind']),
    name: text(metadata['name']),
    annotations,
  };
}

/** sigs.k8s.io/yaml puts these words before what the parser says. */
export function yamlToJsonText(error: unknown): string {
  const text = messageOf(error);
  return text.startsWith('yaml:') ? `error converting YAML to JSON: ${text}` : text;
}

function hookOf({ name, kind, path, content, annotations }: Manifest, wanted: string): Hook | undefined {
  const events = words(wanted).map((word) => (word === 'test-success' ? 'test' : word)) as HookEvent[];
  if (events.some((event) => !EVENTS.includes(event))) return undefined;
  const weight = annotations['helm.sh/hook-weight'] ?? '';
  return {
    name,
    kind,
    path,
    manifest: content,
    events,
    last_run: { phase: '' },
    weight: /^[+-]?\d+$/.test(weight) ? Number(weight) : 0,
    delete_policies: policies(annotations['helm.sh/hook-delete-policy']),
    output_log_policies: policies(annotations['helm.sh/hook-output-log-policy']),
  };
}

function policies(text: string | undefined): string[] {
  return text === undefined ? [] : words(text);
}

function words(text: string): string[] {
  return text.split(',').map((word) => word.trim().toLowerCase());
}
