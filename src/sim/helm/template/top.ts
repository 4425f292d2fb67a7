import { textOf } from '../../api/go-template/go-bytes.js';
import {
  type GoFunction,
  type GoType,
  goFunction,
  goTypeOf,
  MAP,
  namedType,
  STRING,
} from '../../api/go-template/go-types.js';
import { type GoData, GoStruct, goInt64, isGoMap, typed } from '../../api/go-template/go-values.js';
import { TemplateError } from '../../api/go-template/template-error.js';
import { basePath } from './functions/paths.js';
import { yamlOf } from './functions/yaml.js';
import { compileGlob } from './glob.js';

type Dict = { [key: string]: GoData };

/** Helm's `common.Values`: what `.Values` and `.Template` are. */
export const VALUES_TYPE: GoType = namedType({
  name: 'common.Values',
  kind: 'map',
  elem: MAP.elem as GoType,
  underlying: MAP,
  methods: () => VALUES_METHODS,
});

const VALUES_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['AsMap', goFunction('() map[string]any', (values: Dict) => ({ ...values }))],
  ['PathValue', goFunction('(string) any', (values: Dict, path: string) => pathValue(values, path))],
  ['Table', goFunction('(string) common.Values', (values: Dict, path: string) => tableAt(values, path.split('.')))],
  ['YAML', goFunction('() string', (values: Dict) => `${yamlOf(values)}\n`)],
]);

function tableAt(values: Dict, path: readonly string[]): Dict {
  let table = values;
  for (const name of path) {
    const found = Object.hasOwn(table, name) ? table[name] : undefined;
    if (!isGoMap(found)) throw new TemplateError(`${JSON.stringify(name)} is not a table`);
    table = found;
  }
  return typed(table, VALUES_TYPE);
}

function pathValue(values: Dict, path: string): GoData {
  if (path === '') throw new TemplateError('YAML path cannot be empty');
  const names = path.split('.');
  const key = names.at(-1) as string;
  let table: GoData = values;
  for (const name of names.slice(0, -1)) table = isGoMap(table) && Object.hasOwn(table, name) ? table[name] : undefined;
  const found = isGoMap(table) && Object.hasOwn(table, key) ? table[key] : undefined;
  if (found !== undefined && !isGoMap(found)) return found;
  throw new TemplateError(`${JSON.stringify(key)} is not a value`);
}

/** Values of a chart as `.Values`, in place; bigint in them is int64. */
export function valuesOf(values: Dict): Dict {
  takeIntegers(values);
  return typed(values, VALUES_TYPE);
}

/** Turns every bigint in data, in place, into an int64. */
function takeIntegers(data: GoData, seen: Set<object> = new Set()): void {
  if (typeof data !== 'object' || data === null || seen.has(data)) return;
  if (!Array.isArray(data) && !isGoMap(data)) return;
  seen.add(data);
  const holder = data as Dict;
  for (const [key, item] of Object.entries(holder)) {
    if (typeof item === 'bigint') holder[key] = goInt64(item);
    else takeIntegers(item, seen);
  }
}

/** A `map[string]string`, for instance a chart's annotations. */
export function stringMap(entries: { [key: string]: string }): Dict {
  return typed(entries, goTypeOf('map[string]string'));
}

const FILES_TYPE: GoType = namedType({
  name: 'engine.files',
  kind: 'map',
  elem: goTypeOf('[]byte'),
  methods: () => FILES_METHODS,
});

type Files = { [path: string]: Uint8Array };

const FILES_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['AsConfig', goFunction('() string', (files: Files) => yamlOf(byName(files, textOf)))],
  [
    'AsSecrets',
    goFunction('() string', (files: Files) => yamlOf(byName(files, (bytes) => Buffer.from(bytes).toString('base64')))),
  ],
  ['Get', goFunction('(string) string', (files: Files, path: string) => textOf(fileAt(files, path)))],
  ['GetBytes', goFunction('(string) []byte', fileAt)],
  ['Glob', goFunction('(string) engine.files', (files: Files, pattern: string) => globbed(files, pattern))],
  ['Lines', goFunction('(string) []string', (files: Files, path: string) => linesOf(files, path))],
]);

/** The files of a chart that are no templates, by their paths in it, as `.Files`. */
export function filesOf(files: ReadonlyMap<string, Uint8Array>): Files {
  return typed(Object.fromEntries(files), FILES_TYPE);
}

function fileAt(files: Files, path: string): Uint8Array {
  return (Object.hasOwn(files, path) ? files[path] : undefined) ?? new Uint8Array();
}

function byName(files: Files, show: (bytes: Uint8Array) => string): Dict {
  const entries = Object.keys(files).sort();
  return Object.fromEntries(entries.map((path) => [basePath(path), show(fileAt(files, path))]));
}

function globbed(files: Files, pattern: string): Files {
  const matches = compileGlob(pattern);
  const found = Object.entries(files).filter(([path]) => matches(path));
  return typed(Object.fromEntries(found), FILES_TYPE);
}

function linesOf(files: Files, path: string): string[] {
  if (!Object.hasOwn(files, path)) return [];
  const text = textOf(fileAt(files, path));
  if (text === '') throw new TemplateError('runtime error: index out of range [-1]');
  return text.replace(/\n$/, '').split('\n');
}

/** What a chart is told of the cluster and of helm. */
export interface CapabilitiesFacts {
  /** With its `v`: `v1.36.0`. */
  readonly version: string;
  readonly major: string;
  readonly minor: string;
  /** `v1`, `apps/v1`, `apps/v1/Deployment` …, in the order the list prints them. */
  readonly apiVersions: readonly string[];
  readonly helm: {
    readonly version: string;
    readonly gitCommit: string;
    readonly gitTreeState: string;
    readonly goVersion: string;
    readonly kubeClientVersion: string;
  };
}

interface KubeVersion {
  readonly normalized: string;
}

function kubeVersionText(data: GoStruct): string {
  return (data.hidden as KubeVersion).normalized;
}

const KUBE_VERSION_TYPE: GoType = {
  name: 'common.KubeVersion',
  kind: 'struct',
  addressText: kubeVersionText as (data: never) => string,
  methods: () => KUBE_VERSION_METHODS,
};

const KUBE_VERSION_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['GitVersion', goFunction('() string', (data: GoStruct) => data.fields['Version'])],
  ['String', goFunction('() string', kubeVersionText)],
]);

const VERSION_SET_TYPE: GoType = {
  name: 'common.VersionSet',
  kind: 'slice',
  elem: STRING,
  underlying: goTypeOf('[]string'),
  methods: () => VERSION_SET_METHODS,
};

const VERSION_SET_METHODS: ReadonlyMap<string, GoFunction> = new Map([
  ['Has', goFunction('(string) bool', (versions: string[], version: string) => versions.includes(version))],
]);

/** `.Capabilities`. */
export function capabilitiesOf({ version, major, minor, apiVersions, helm }: CapabilitiesFacts): GoStruct {
  const normalized = /^v?\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;
  const hidden: KubeVersion = { normalized: normalized.startsWith('v') ? normalized : `v${normalized}` };
  // Sprig's printing shows what has no capital letter, too.
  const kube = { Version: version, normalizedVersion: hidden.normalized, Major: major, Minor: minor };
  const build = {
    Version: helm.version,
    GitCommit: helm.gitCommit,
    GitTreeState: helm.gitTreeState,
    GoVersion: helm.goVersion,
    KubeClientVersion: helm.kubeClientVersion,
  };
  return new GoStruct(
    {
      name: '*common.Capabilities',
      kind: 'ptr',
      elem: { name: 'common.Capabilities', kind: 'struct' },
    },
    {
      KubeVersion: new GoStruct(KUBE_VERSION_TYPE, kube, [], hidden),
      APIVersions: typed([...apiVersions], VERSION_SET_TYPE),
      HelmVersion: new GoStruct({ name: 'version.BuildInfo', kind: 'struct' }, build),
    },
  );
}
