import type { JsonObject } from '../api/object.js';
import { ArgumentError, ConfigError, listOf, numberOf, objectOf, textOf } from './config-values.js';
import type { Plugin } from './plugin.js';
import { PLUGINS_BY_ARGUMENTS } from './plugin-arguments.js';
import { PLUGINS } from './plugins/index.js';
import type { Profile } from './profile.js';

/** Plugins of v1.36 that place nothing here: they sort, bind, look at devices, or push pods out. */
const OTHERS = ['DefaultBinder', 'DefaultPreemption', 'DynamicResources', 'NodeDeclaredFeatures', 'PrioritySort'];

interface Enabled {
  readonly name: string;
  readonly weight: number | undefined;
}

/** The profiles of a KubeSchedulerConfiguration. Throws `ConfigError` in the scheduler's words. */
export function readProfiles(given: readonly JsonObject[], percentage: number): Profile[] {
  const profiles: Profile[] = [];
  for (const [at, one] of given.entries()) {
    const name = textOf(one['schedulerName']) || (given.length === 1 ? 'default-scheduler' : '');
    const path = `profiles[${at}].schedulerName`;
    if (name === '') throw new ConfigError(`${path}: Required value`);
    const twin = profiles.findIndex(({ schedulerName }) => schedulerName === name);
    if (twin >= 0) throw new ConfigError(`${path}: Duplicate value: "profiles[${twin}].schedulerName"`);
    try {
      profiles.push(readProfile(one, name, `profiles[${at}]`, numberOf(one['percentageOfNodesToScore'], percentage)));
    } catch (error) {
      if (!(error instanceof ConfigError) || error instanceof ArgumentError) throw error;
      throw new ConfigError(`initializing profiles: creating profile for scheduler name ${name}: ${error.message}`);
    }
  }
  return profiles;
}

function readProfile(
  given: JsonObject,
  schedulerName: string,
  path: string,
  percentageOfNodesToScore: number,
): Profile {
  const points = objectOf(given['plugins']);
  const known = configured(listOf(given['pluginConfig']), path);
  const usual = [
    ...PLUGINS.map(({ name, weight }) => ({ name, weight })),
    ...OTHERS.map((name) => ({ name, weight: undefined })),
  ];
  const everywhere = merged(usual, objectOf(points['multiPoint']));
  const at = (point: string, extends_: (plugin: Plugin) => unknown): Enabled[] =>
    expanded(everywhere, objectOf(points[point]), known, point, extends_);
  const filtering = [
    ...at('filter', (plugin) => plugin.prepareFilter),
    ...at('preFilter', (plugin) => plugin.prepareFilter),
  ];
  const pluginsOf = (enabled: readonly Enabled[]): Plugin[] =>
    [...new Set(enabled.map(({ name }) => name))].flatMap((name) => known.get(name) ?? []);
  const has = (point: string, name: string): boolean =>
    merged(everywhere, objectOf(points[point])).some((one) => one.name === name);
  if (!has('queueSort', 'PrioritySort'))
    throw new ConfigError(
      `only one queue sort plugin required for profile with scheduler name "${schedulerName}", but got 0`,
    );
  if (!has('bind', 'DefaultBinder'))
    throw new ConfigError(`at least one bind plugin is needed for profile with scheduler name "${schedulerName}"`);
  return {
    schedulerName,
    queueing: pluginsOf([...at('preEnqueue', (plugin) => plugin.gate), ...filtering]),
    filtering: pluginsOf(at('filter', (plugin) => plugin.prepareFilter)),
    scoring: at('score', (plugin) => plugin.prepareScore).flatMap(({ name, weight }) => {
      const plugin = known.get(name);
      return plugin ? [{ plugin, weight: weight || 1 }] : [];
    }),
    reserving: pluginsOf(at('reserve', (plugin) => plugin.reserve)),
    preempts: has('postFilter', 'DefaultPreemption'),
    claims: has('postFilter', 'DynamicResources'),
    percentageOfNodesToScore,
  };
}

/** What is enabled after a set was laid over another: those named again keep their place, the others come last. */
function merged(usual: readonly Enabled[], set: JsonObject): Enabled[] {
  const custom = enabledOf(set);
  const off = new Set(listOf(set['disabled']).map(({ name }) => name));
  const kept = usual.filter(({ name }) => !off.has('*') && !off.has(name));
  const replaced = kept.map((one) => custom.find(({ name }) => name === one.name) ?? one);
  return [...replaced, ...custom.filter(({ name }) => !kept.some((one) => one.name === name))];
}

/** The plugins of one point: those that stand for all points, as far as they have a say there, and those of its own. */
function expanded(
  everywhere: readonly Enabled[],
  set: JsonObject,
  known: ReadonlyMap<string, Plugin>,
  point: string,
  extends_: (plugin: Plugin) => unknown,
): Enabled[] {
  for (const { name } of [...everywhere, ...enabledOf(set)]) {
    if (!known.has(name) && !OTHERS.includes(name)) throw new ConfigError(`${point} "${name}" does not exist`);
  }
  return merged(everywhere, set).filter(({ name }) => {
    const plugin = known.get(name);
    return plugin && extends_(plugin);
  });
}

/** All plugins, with what the file says of their arguments. */
function configured(configs: readonly JsonObject[], path: string): ReadonlyMap<string, Plugin> {
  const plugins = new Map(PLUGINS.map((plugin) => [plugin.name, plugin]));
  const seen = new Set<string>();
  for (const [at, config] of configs.entries()) {
    const name = textOf(config['name']);
    if (seen.has(name)) throw new ConfigError(`repeated config for plugin ${name}`);
    seen.add(name);
    const made = PLUGINS_BY_ARGUMENTS[name]?.(objectOf(config['args']), `${path}.pluginConfig[${at}].args`);
    if (made) plugins.set(name, made);
  }
  return plugins;
}

function enabledOf(set: JsonObject): Enabled[] {
  return listOf(set['enabled']).map((one) => {
    const weight = numberOf(one['weight'], 0);
    return { name: textOf(one['name']), weight: weight === 0 ? undefined : weight };
  });
}
