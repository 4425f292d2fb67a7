import { goInt } from '../../api/go-template/go-values.js';
import { deepCopy, isJsonObject } from '../../api/object.js';
import { ownField } from '../../api/set-field.js';
import { decodeText } from '../../kernel/bytes.js';
import { type Chart, chartName, type Dependency, type Metadata, type Values } from '../chart/chart.js';
import type { TemplateSource } from '../template/render-request.js';
import { capabilitiesOf, filesOf, stringMap, valuesOf } from '../template/top.js';
import { HELM_BUILD } from '../version.js';
import type { Capabilities } from './capabilities.js';

/** What templates are told of the release. */
export interface ReleaseFacts {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly isInstall: boolean;
  readonly isUpgrade: boolean;
}

/** The templates of a chart and of the charts in it, each with what it sees; made afresh for each rendering. */
export function templateSources(
  chart: Chart,
  values: Values,
  facts: ReleaseFacts,
  capabilities: Capabilities,
): TemplateSource[] {
  const sources: TemplateSource[] = [];
  const common = {
    Release: {
      Name: facts.name,
      Namespace: facts.namespace,
      IsUpgrade: facts.isUpgrade,
      IsInstall: facts.isInstall,
      Revision: goInt(facts.revision),
      Service: 'Helm',
    },
    Capabilities: capabilitiesOf({
      ...capabilities.kubeVersion,
      apiVersions: capabilities.apiVersions,
      helm: HELM_BUILD,
    }),
  };
  collect(chart, deepCopy(values), '', common, sources);
  return sources;
}

function collect(chart: Chart, values: Values, prefix: string, common: object, sources: TemplateSource[]): object {
  const path = `${prefix}${chartName(chart)}`;
  const subcharts: Values = {};
  const top = {
    ...common,
    Chart: { ...chartFields(chart.metadata), IsRoot: prefix === '' },
    Files: filesOf(new Map(chart.files.map(({ name, data }) => [name, data]))),
    Values: valuesOf(values),
    Subcharts: subcharts,
  };
  for (const child of chart.dependencies) {
    const own = ownField(values, chartName(child));
    subcharts[chartName(child)] = collect(child, isJsonObject(own) ? own : {}, `${path}/charts/`, common, sources);
  }
  const isLibrary = chart.metadata.type === 'library';
  for (const { name, data } of chart.templates) {
    // Of a library only what begins with an underscore counts.
    if (isLibrary && !name.slice(name.lastIndexOf('/') + 1).startsWith('_')) continue;
    sources.push({ name: `${path}/${name}`, text: decodeText(data), basePath: `${path}/templates`, top });
  }
  return top;
}

/** Chart.yaml under the names of Go's fields, empty ones too. */
function chartFields(metadata: Metadata): Values {
  return {
    Name: metadata.name ?? '',
    Home: metadata.home ?? '',
    Sources: metadata.sources ?? [],
    Version: metadata.version ?? '',
    Description: metadata.description ?? '',
    Keywords: metadata.keywords ?? [],
    Maintainers: (metadata.maintainers ?? []).map(({ name = '', email = '', url = '' }) => ({
      Name: name,
      Email: email,
      URL: url,
    })),
    Icon: metadata.icon ?? '',
    APIVersion: metadata.apiVersion ?? '',
    Condition: metadata.condition ?? '',
    Tags: metadata.tags ?? '',
    AppVersion: metadata.appVersion ?? '',
    Deprecated: metadata.deprecated ?? false,
    Annotations: stringMap(metadata.annotations ?? {}),
    KubeVersion: metadata.kubeVersion ?? '',
    Dependencies: (metadata.dependencies ?? []).map(dependencyFields),
    Type: metadata.type ?? '',
  };
}

function dependencyFields(each: Dependency): Values {
  return {
    Name: each.name,
    Version: each.version ?? '',
    Repository: each.repository ?? '',
    Condition: each.condition ?? '',
    Tags: each.tags ?? [],
    Enabled: each.enabled ?? false,
    ImportValues: each['import-values'] ?? [],
    Alias: each.alias ?? '',
  };
}
