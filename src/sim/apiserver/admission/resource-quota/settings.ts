import type { FactPackage } from '../../../api/facts/package.js';
import { aggregateErrors, required } from '../../../api/field-error.js';
import type { ScopeRequirement } from '../../../api/quota/evaluator.js';
import { type ConfigurationScheme, readStrictly } from '../../configuration-file.js';
import { SettingsError } from '../configuration.js';

/** A resource nobody may use where no quota covers it. */
export interface LimitedResource {
  readonly apiGroup?: string;
  readonly resource: string;
  /** Parts of names of what is limited. */
  readonly matchContains?: readonly string[];
  readonly matchScopes?: readonly ScopeRequirement[];
}

/** What a ResourceQuotaConfiguration says. */
export interface ResourceQuotaSettings {
  readonly limitedResources: readonly LimitedResource[];
}

const LIMITED =
  'LimitedResource apiGroup:0:s:o resource:0:s: matchContains:0:[s:o matchScopes:0:[@core.v1.ScopedResourceSelectorRequirement:o';

function version(group: string, name: string, kind: string): FactPackage {
  const types = `\n${kind} :0:@meta.v1.TypeMeta: limitedResources:0:[@LimitedResource:\n${LIMITED}\n`;
  return { id: `resourcequota.${name}`, group, version: name, prefix: '', kinds: kind, types };
}

/** Facts of all versions of the configuration, v0.36.0. */
const SCHEME: ConfigurationScheme = {
  packages: [
    version('apiserver.config.k8s.io', 'v1', 'ResourceQuotaConfiguration'),
    version('resourcequota.admission.k8s.io', 'v1beta1', 'Configuration'),
    version('resourcequota.admission.k8s.io', 'v1alpha1', 'Configuration'),
  ],
};

/** What a configuration says; nothing limits nothing. Throws ConfigurationError, SettingsError. */
export function readSettings(text: string | undefined): ResourceQuotaSettings {
  if (text === undefined || text === '') return { limitedResources: [] };
  const { object } = readStrictly(text, SCHEME);
  const limitedResources = (object['limitedResources'] ?? []) as unknown as readonly LimitedResource[];
  const errors = limitedResources.flatMap(({ resource }, index) =>
    resource ? [] : [required(`limitedResources[${index}].resource`)],
  );
  if (errors.length > 0) throw new SettingsError(aggregateErrors(errors));
  return { limitedResources };
}
