import type { JsonObject } from '../../../api/object.js';
import type { FieldSpec } from '../config/field-spec.js';
import { KustomizeError, within } from '../error.js';
import type { Loader } from '../files/loader.js';
import type { Selector } from '../resource/selector.js';
import { decodeYaml } from './decode.js';
import { deprecations } from './deprecations.js';

export interface GeneratorOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly disableNameSuffixHash?: boolean;
  readonly immutable?: boolean;
}

export interface GeneratorArguments {
  readonly name?: string;
  readonly namespace?: string;
  readonly behavior?: string;
  readonly type?: string;
  readonly literals?: readonly string[];
  readonly files?: readonly string[];
  readonly envs?: readonly string[];
  readonly env?: string;
  readonly options?: GeneratorOptions;
}

export interface Patch {
  readonly path?: string;
  readonly patch?: string;
  readonly target?: Selector;
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean };
}

export interface Label {
  readonly pairs?: Readonly<Record<string, string>>;
  readonly includeSelectors?: boolean;
  readonly includeTemplates?: boolean;
  readonly fields?: readonly FieldSpec[];
}

export interface Image {
  readonly name?: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly tagSuffix?: string;
  readonly digest?: string;
}

export interface FieldOptions {
  readonly delimiter?: string;
  readonly index?: number;
  readonly create?: boolean;
}

export interface Replacement {
  readonly source?: Selector & { readonly fieldPath?: string; readonly options?: FieldOptions };
  readonly sourceValue?: string;
  readonly targets?: readonly {
    readonly select?: Selector;
    readonly reject?: readonly Selector[];
    readonly fieldPaths?: readonly string[];
    readonly options?: FieldOptions;
  }[];
}

export interface Variable {
  readonly name?: string;
  readonly objref?: { readonly apiVersion?: string } & Selector;
  readonly fieldref?: { readonly fieldPath?: string };
}

export interface SortOptions {
  readonly order?: string;
  readonly legacySortOptions?: { readonly orderFirst?: readonly string[]; readonly orderLast?: readonly string[] };
}

/** What a kustomization file says, its older fields moved to where they belong now. */
export interface Kustomization {
  readonly kind: string;
  readonly apiVersion: string;
  readonly openapi?: Readonly<Record<string, string>>;
  readonly namePrefix?: string;
  readonly nameSuffix?: string;
  readonly namespace?: string;
  readonly commonLabels?: Readonly<Record<string, string>>;
  readonly labels?: readonly Label[];
  readonly commonAnnotations?: Readonly<Record<string, string>>;
  readonly patchesStrategicMerge?: readonly string[];
  readonly patchesJson6902?: readonly Patch[];
  readonly patches?: readonly Patch[];
  readonly images?: readonly Image[];
  readonly replacements?: readonly (Replacement & { readonly path?: string })[];
  readonly replicas?: readonly { readonly name?: string; readonly count?: number }[];
  readonly vars?: readonly Variable[];
  readonly sortOptions?: SortOptions;
  readonly resources: readonly string[];
  readonly components?: readonly string[];
  readonly crds?: readonly string[];
  readonly configMapGenerator?: readonly GeneratorArguments[];
  readonly secretGenerator?: readonly GeneratorArguments[];
  readonly helmGlobals?: JsonObject;
  readonly helmCharts?: readonly JsonObject[];
  readonly generatorOptions?: GeneratorOptions;
  readonly configurations?: readonly string[];
  readonly generators?: readonly string[];
  readonly transformers?: readonly string[];
  readonly validators?: readonly string[];
  readonly buildMetadata: readonly string[];
}

const NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];
const VERSION = 'kustomize.config.k8s.io/v1beta1';
const COMPONENT_VERSION = 'kustomize.config.k8s.io/v1alpha1';

/** Reads a directory's kustomization; `warn` is told about fields that are out of date. */
export function readKustomization(
  loader: Loader,
  warn: (line: string) => void,
): { file: Kustomization; fileName: string } {
  const found = NAMES.flatMap((name) => {
    const text = textIfThere(loader, name);
    return text === undefined ? [] : [{ name, text }];
  });
  const only = found[0];
  if (only === undefined) {
    throw new KustomizeError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${loader.root}'`,
    );
  }
  if (found.length > 1) throw new KustomizeError(`Found multiple kustomization files under: ${loader.root}\n`);
  const raw = within('invalid Kustomization', () => decodeYaml(only.text, 'Kustomization', true));
  deprecations(raw).forEach(warn);
  checkNotEmpty(raw);
  return { file: normalized(raw, loader.root), fileName: only.name };
}

function textIfThere(loader: Loader, name: string): string | undefined {
  try {
    return loader.text(name);
  } catch (error) {
    if (error instanceof KustomizeError) return undefined;
    throw error;
  }
}

function checkNotEmpty(raw: JsonObject): void {
  const says = Object.entries(raw).some(
    ([key, value]) => key !== 'kind' && key !== 'apiVersion' && value !== '' && value !== undefined,
  );
  if (!says) throw new KustomizeError('kustomization.yaml is empty');
}

function normalized(raw: JsonObject, root: string): Kustomization {
  const list = (name: string): unknown[] => (raw[name] ?? []) as unknown[];
  const kind = String(raw['kind'] || 'Kustomization');
  const required = kind === 'Component' ? COMPONENT_VERSION : VERSION;
  const apiVersion = String(raw['apiVersion'] || required);
  const problems: string[] = [];
  if (kind !== 'Kustomization' && kind !== 'Component') problems.push('kind should be Kustomization or Component');
  if (apiVersion !== required) problems.push(`apiVersion for ${kind} should be ${required}`);
  if (problems.length > 0) {
    throw new KustomizeError(`Failed to read kustomization file under ${root}:\n${problems.join('\n')}`);
  }
  const generators = (name: string): unknown[] =>
    (list(name) as GeneratorArguments[]).map(({ env, ...rest }) =>
      env ? { ...rest, envs: [...(rest.envs ?? []), env] } : rest,
    );
  return {
    ...(raw as unknown as Kustomization),
    kind,
    apiVersion,
    resources: [...list('resources'), ...list('bases')] as string[],
    images: [...list('images'), ...list('imageTags')] as Image[],
    configMapGenerator: generators('configMapGenerator') as GeneratorArguments[],
    secretGenerator: generators('secretGenerator') as GeneratorArguments[],
    helmCharts: [...list('helmCharts'), ...list('helmChartInflationGenerator').map(newerChart)] as JsonObject[],
    buildMetadata: list('buildMetadata') as string[],
  };
}

/** The older way to name a chart. */
function newerChart(chart: unknown): JsonObject {
  const old = chart as JsonObject;
  const fields: Readonly<Record<string, string>> = {
    chartName: 'name',
    chartVersion: 'version',
    chartRepoUrl: 'repo',
    releaseName: 'releaseName',
    releaseNamespace: 'namespace',
    values: 'valuesFile',
    valuesLocal: 'valuesInline',
    valuesMerge: 'valuesMerge',
  };
  return Object.fromEntries(
    Object.entries(fields).flatMap(([from, to]) => (old[from] === undefined ? [] : [[to, old[from]]])),
  );
}
