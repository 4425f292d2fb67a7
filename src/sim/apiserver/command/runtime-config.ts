/** Which of the built-in APIs are served (--runtime-config), in the words in which kube-apiserver refuses what does not fit. */
import { KINDS } from '../kinds/index.js';
import type { ServedKind } from '../served-kind.js';
import { StartError } from './files.js';
import type { Flags } from './flags.js';

/** Names for many versions at once, in the order they count. */
const MATCHERS: readonly (readonly [name: string, matches: (version: string) => boolean])[] = [
  ['api/all', () => true],
  ['api/ga', (version) => /^v\d+$/.test(version)],
  ['api/beta', (version) => /^v\d+beta\d+$/.test(version)],
  ['api/alpha', (version) => /^v\d+alpha\d+$/.test(version)],
];
/** What the server itself needs to queue requests, most particular first. */
const NEEDED = ['flowcontrol.apiserver.k8s.io/v1', 'api/ga', 'api/all'];
/** Groups that are known and of which nothing is served unless asked for. */
const UNSERVED = ['imagepolicy.k8s.io', 'internal.apiserver.k8s.io', 'storagemigration.k8s.io'];
const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True', ''];
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False'];

const isMatcher = (key: string) => MATCHERS.some(([name]) => name === key);

function settings(flags: Flags): ReadonlyMap<string, string> {
  const given = flags.list('runtime-config').map((one): [string, string] => {
    const at = one.indexOf('=');
    return at === -1 ? [one.trim(), ''] : [one.slice(0, at).trim(), one.slice(at + 1).trim()];
  });
  return new Map(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What in the flag the server cannot do without; asked before `unknownApis`. */
export function neededApis(flags: Flags): string[] {
  if (!flags.boolean('enable-priority-and-fairness', true)) return [];
  const given = settings(flags);
  const first = NEEDED.find((name) => given.get(name) === 'false' || given.get(name) === 'true');
  if (first === undefined || given.get(first) === 'true') return [];
  return [`--runtime-config=${first}=false conflicts with --enable-priority-and-fairness=true`];
}

/** What the flag says of APIs that are not there. */
export function unknownApis(flags: Flags): string[] {
  const given = settings(flags);
  if (given.size === 1 && given.get('api/all') === 'false') return ['invalid runtime-config with only api/all=false'];
  const keys = [...given.keys()].filter((key) => !isMatcher(key)).map((key) => key.split('/'));
  const wrong = keys.find(({ length }) => length !== 2 && length !== 3);
  if (wrong) return [`runtime-config invalid key ${wrong.join('/')}`];
  const known = new Set([...KINDS.map(({ group }) => group), ...UNSERVED]);
  const unknown = keys.filter(([group = '']) => !known.has(group)).map(([group, version]) => `${group}/${version}`);
  return unknown.length === 0 ? [] : [`unknown api groups ${[...new Set(unknown)].sort().join(',')}`];
}

/** The kinds that are served; particular words count more than general ones. Throws `StartError`. */
export function servedKinds(flags: Flags): readonly ServedKind[] {
  const given = settings(flags);
  if (given.size === 0) return KINDS;
  const general = MATCHERS.filter(([name]) => given.has(name)).map(([name, matches]) => {
    const value = given.get(name) ?? '';
    if (value !== 'true' && value !== 'false') throw new StartError(`invalid value ${name}=${value}`);
    return { matches, isOn: value === 'true' };
  });
  const particular = new Map<string, boolean>();
  for (const [key, value] of given) if (!isMatcher(key)) particular.set(key, readTruth(key, value));
  return KINDS.filter(({ group, version, plural }) => {
    const named = particular.get(`${group}/${version}/${plural}`) ?? particular.get(`${group}/${version}`);
    return named ?? general.findLast(({ matches }) => matches(version))?.isOn ?? true;
  });
}

function readTruth(key: string, value: string): boolean {
  const [group = '', version = '', resource = ''] = key.split('/');
  const isKnown = KINDS.some((kind) => kind.group === group && kind.version === version);
  if (!isKnown && /^v\d+$/.test(version) && !UNSERVED.includes(group)) {
    throw new StartError(`group version ${group}/${version} that has not been registered`);
  }
  if (!TRUE.includes(value) && !FALSE.includes(value)) {
    const why = `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`;
    throw new StartError(`invalid value of ${key}: ${value}, err: ${why}`);
  }
  if (resource !== resource.toLowerCase()) {
    const why = `group/version/resource and resource is always lowercase plural, not ${JSON.stringify(resource)}`;
    throw new StartError(`invalid key ${key}: ${why}`);
  }
  return TRUE.includes(value);
}
