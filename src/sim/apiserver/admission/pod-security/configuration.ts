import { aggregateErrors, duplicate, type FieldError, invalid } from '../../../api/field-error.js';
import { dns1123Label, dns1123Subdomain } from '../../../api/names.js';
import { type ConfigurationScheme, readStrictly } from '../../configuration-file.js';
import { SettingsError } from '../configuration.js';
import { POD_SECURITY_VERSIONS } from './configuration-types.js';
import { LATEST, type Level, type LevelVersion, levelProblem, type Policy, versionProblem } from './levels.js';
import { DEFAULT_SETTINGS, type PodSecuritySettings } from './settings.js';

const SCHEME: ConfigurationScheme = { packages: POD_SECURITY_VERSIONS };

interface Written {
  readonly defaults?: Readonly<Record<string, string>>;
  readonly exemptions?: Partial<PodSecuritySettings['exempt']>;
}

/** What a PodSecurityConfiguration says; nothing says what holds without one. Throws ConfigurationError, SettingsError. */
export function readSettings(text: string | undefined): PodSecuritySettings {
  if (text === undefined || text === '') return DEFAULT_SETTINGS;
  const { defaults = {}, exemptions = {} } = readStrictly(text, SCHEME).object as Written;
  refuseUnknown(defaults);
  const { usernames = [], namespaces = [], runtimeClasses = [] } = exemptions;
  const errors = [
    ...listErrors('namespaces', namespaces, (name) => dns1123Label(name).join(', ')),
    ...listErrors('runtimeClasses', runtimeClasses, (name) => dns1123Subdomain(name).join(', ')),
    ...listErrors('usernames', usernames, (name) => (name === '' ? 'username must not be empty' : '')),
  ];
  if (errors.length > 0) throw new SettingsError(`PodSecurity invalid: ${aggregateErrors(errors)}`);
  const read = (mode: keyof Policy): LevelVersion => ({
    level: (defaults[mode] || 'privileged') as Level,
    version: defaults[`${mode}-version`] || LATEST,
  });
  return {
    defaults: { enforce: read('enforce'), audit: read('audit'), warn: read('warn') },
    exempt: { usernames, namespaces, runtimeClasses },
  };
}

/** Levels and versions are looked at before everything else, in words of their own. */
function refuseUnknown(defaults: Readonly<Record<string, string>>): void {
  const problems = (['enforce', 'audit', 'warn'] as const).flatMap((mode) => {
    const level = levelProblem(defaults[mode] || 'privileged');
    const version = versionProblem(defaults[`${mode}-version`] || LATEST);
    return [
      ...(level === undefined ? [] : [`${mode}: ${level}`]),
      ...(version === undefined ? [] : [`${mode}-version: ${version}`]),
    ];
  });
  if (problems.length === 0) return;
  const all = problems.length === 1 ? problems[0] : `[${problems.join(', ')}]`;
  throw new SettingsError(`PodSecurity configuration error: ${all}`);
}

function listErrors(field: string, items: readonly string[], problem: (item: string) => string): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const path = `exemptions.${field}[${index}]`;
    const why = problem(item);
    if (why !== '') return [invalid(path, item, why)];
    if (seen.has(item)) return [duplicate(path, item)];
    seen.add(item);
    return [];
  });
}
