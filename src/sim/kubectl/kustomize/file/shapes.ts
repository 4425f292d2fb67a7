/**
 * The fields of a kustomization and of what is in it, by Go type: `name:type`, the name after the embedded structs it
 * belongs to. Types: `s` text, `b` truth, `i` int64, `n` int, `{}` a map of texts, `[]T` a list, `s=Name` a named text.
 */
const SHAPES: Readonly<Record<string, string>> = {
  Kustomization: `TypeMeta.kind:s TypeMeta.apiVersion:s metadata:ObjectMeta openapi:{} namePrefix:s nameSuffix:s namespace:s
    commonLabels:{} labels:[]Label commonAnnotations:{} patchesStrategicMerge:[]s=PatchStrategicMerge
    patchesJson6902:[]Patch patches:[]Patch images:[]Image imageTags:[]Image replacements:[]ReplacementField
    replicas:[]Replica vars:[]Var sortOptions:SortOptions resources:[]s components:[]s crds:[]s bases:[]s
    configMapGenerator:[]ConfigMapArgs secretGenerator:[]SecretArgs helmGlobals:HelmGlobals helmCharts:[]HelmChart
    helmChartInflationGenerator:[]HelmChartArgs generatorOptions:GeneratorOptions configurations:[]s generators:[]s
    transformers:[]s validators:[]s buildMetadata:[]s`,
  ConfigMapArgs: `GeneratorArgs.namespace:s GeneratorArgs.name:s GeneratorArgs.behavior:s
    GeneratorArgs.KvPairSources.literals:[]s GeneratorArgs.KvPairSources.files:[]s GeneratorArgs.KvPairSources.envs:[]s
    GeneratorArgs.KvPairSources.env:s GeneratorArgs.options:GeneratorOptions`,
  FieldOptions: 'delimiter:s index:n encoding:s create:b',
  FieldSelector: 'fieldPath:s',
  FieldSpec: 'Gvk.group:s Gvk.version:s Gvk.kind:s path:s create:b',
  GeneratorOptions: 'labels:{} annotations:{} disableNameSuffixHash:b immutable:b',
  HelmChart: `name:s version:s repo:s releaseName:s namespace:s additionalValuesFiles:[]s valuesFile:s valuesInline:any
    valuesMerge:s includeCRDs:b skipHooks:b skipTests:b apiVersions:[]s kubeVersion:s nameTemplate:s debug:b`,
  HelmChartArgs: `chartName:s chartVersion:s chartRepoUrl:s chartHome:s chartRepoName:s helmBin:s helmHome:s values:s
    valuesLocal:any valuesMerge:s releaseName:s releaseNamespace:s extraArgs:[]s`,
  HelmGlobals: 'chartHome:s configHome:s',
  Image: 'name:s newName:s tagSuffix:s newTag:s digest:s',
  Label: 'pairs:{} includeSelectors:b includeTemplates:b fields:[]FieldSpec',
  LegacySortOptions: 'orderFirst:[]s orderLast:[]s',
  ObjectMeta: 'name:s namespace:s labels:{} annotations:{}',
  Patch: 'path:s patch:s target:Selector options:PatchArgs',
  PatchArgs: 'allowNameChange:b allowKindChange:b',
  Replica: 'name:s count:i',
  Replacement: 'source:SourceSelector targets:[]TargetSelector sourceValue:s',
  ReplacementField:
    'Replacement.source:SourceSelector Replacement.targets:[]TargetSelector Replacement.sourceValue:s path:s',
  SecretArgs: `GeneratorArgs.namespace:s GeneratorArgs.name:s GeneratorArgs.behavior:s
    GeneratorArgs.KvPairSources.literals:[]s GeneratorArgs.KvPairSources.files:[]s GeneratorArgs.KvPairSources.envs:[]s
    GeneratorArgs.KvPairSources.env:s GeneratorArgs.options:GeneratorOptions type:s`,
  Selector: `ResId.Gvk.group:s ResId.Gvk.version:s ResId.Gvk.kind:s ResId.name:s ResId.namespace:s annotationSelector:s
    labelSelector:s`,
  SortOptions: 'order:s=SortOrder legacySortOptions:LegacySortOptions',
  SourceSelector: `ResId.Gvk.group:s ResId.Gvk.version:s ResId.Gvk.kind:s ResId.name:s ResId.namespace:s fieldPath:s
    options:FieldOptions`,
  Target: 'apiVersion:s Gvk.group:s Gvk.version:s Gvk.kind:s name:s namespace:s',
  TargetSelector: 'select:Selector reject:[]Selector fieldPaths:[]s options:FieldOptions',
  Var: 'name:s objref:Target fieldref:FieldSelector',
};

/** One field of a struct. */
export interface FieldShape {
  readonly name: string;
  /** With the names of the embedded structs before it. */
  readonly path: string;
  readonly type: string;
}

const shapes = new Map<string, ReadonlyMap<string, FieldShape>>();

/** The fields of a struct by name; undefined for types that are none. */
export function shapeOf(type: string): ReadonlyMap<string, FieldShape> | undefined {
  const text = SHAPES[type];
  if (text === undefined) return undefined;
  let shape = shapes.get(type);
  if (shape === undefined) {
    shape = new Map(
      text.split(/\s+/).map((field) => {
        const [path = '', ...rest] = field.split(':');
        const name = path.slice(path.lastIndexOf('.') + 1);
        return [name, { name, path, type: rest.join(':') }];
      }),
    );
    shapes.set(type, shape);
  }
  return shape;
}
