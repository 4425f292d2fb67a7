import { goQuote } from '../../../api/go-text.js';
import { envVarName } from '../../../api/names.js';
import { deepCopy, type KubeObject } from '../../../api/object.js';
import type { Container, EnvVar } from '../../../api/types/pod.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError, plainText } from '../../errors.js';
import type { Info } from '../../resource/info.js';
import { select } from '../../resource/selection.js';
import type { Session } from '../../session.js';
import { matchesContainer } from '../../workload/container-pattern.js';
import { type EnvSource, resolveSource } from '../../workload/env-sources.js';
import { changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';
import { goTypeName, templateOf } from '../../workload/pod-spec.js';

/** `kubectl set env`. */
export const env: Command = {
  name: 'env',
  short: 'Update environment variables on a pod template',
  complete: completeResources,
  run: runEnv,
};

interface Changes {
  readonly set: readonly EnvVar[];
  readonly remove: readonly string[];
}

function* runEnv(session: Session, flags: Session['flags'], args: readonly string[]): Waiting<void> {
  if (flags.bool('all') && flags.text('selector') !== '')
    throw new CommandError('cannot set --all and --selector at the same time');
  const { resources, words } = splitArgs(args);
  checkLocal(session);
  const listing = flags.bool('list');
  if (listing && flags.text('output') !== '')
    throw new CommandError('--list and --output may not be specified together');
  if (flags.list('keys').length > 0 && flags.text('from') === '') {
    throw new CommandError('when specifying --keys, a configmap or secret must be provided with --from');
  }
  const changes = yield* parseEnv(session, [...flags.list('env'), ...words]);
  const from = flags.text('from') === '' ? [] : yield* fromSource(session, flags.text('from'));
  const prefix = flags.text('prefix');
  const set = [...changes.set, ...from].map((each) => ({ ...each, name: prefix + each.name }));
  const all: Changes = { ...changes, set };
  const infos = yield* setTargets(session, resources);
  yield* warnOfUnmatched(session, infos);
  if (listing) return yield* listEnv(session, infos, all);
  if (all.set.length === 0 && all.remove.length === 0) return;
  yield* changeAll(session, infos, {
    failing: 'failed to patch env update to pod template: ',
    done: 'env updated',
    change: (object) => changeEnv(session, object, all),
  });
}

function splitArgs(args: readonly string[]): { resources: string[]; words: string[] } {
  const resources: string[] = [];
  const words: string[] = [];
  for (const arg of args) {
    const isEnv = /^(.+)=(.*)$/s.test(arg) || arg.endsWith('-');
    if (isEnv) words.push(arg);
    else if (words.length > 0)
      throw new CommandError(`all resources must be specified before environment changes: ${args.join(' ')}`);
    else resources.push(arg);
  }
  return { resources, words };
}

/** `NAME=value`, `NAME-`, and `-` for such lines on standard input. */
function* parseEnv(session: Session, words: readonly string[]): Waiting<Changes> {
  const set: EnvVar[] = [];
  const remove: string[] = [];
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals >= 0) checkName(word.slice(0, equals));
    if (word === '-') set.push(...envLines(yield* session.input()));
    else if (equals >= 0) set.push({ name: word.slice(0, equals), value: word.slice(equals + 1) });
    else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${word}`);
  }
  if (remove.some((name) => words.some((word) => word.startsWith(`${name}=`))))
    throw new CommandError('can not both modify and remove the same environment variable in the same command');
  return { set, remove };
}

function envLines(text: string): EnvVar[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*$/, ''))
    .filter((line) => line.includes('='))
    .map((line) => ({ name: line.slice(0, line.indexOf('=')), value: line.slice(line.indexOf('=') + 1) }));
}

/** Says of which objects no container is meant. */
function* warnOfUnmatched(session: Session, infos: readonly Info[]): Waiting<void> {
  const pattern = session.flags.text('containers');
  for (const { object, mapping, name } of infos) {
    if (!templateOf(object as KubeObject)?.spec || chosen(session, object as KubeObject).length > 0) continue;
    yield* session.warn(`${mapping.kind}/${name} does not have any containers matching ${goQuote(pattern)}`);
  }
}

function checkName(name: string): void {
  const problems = envVarName(name);
  if (problems.length > 0) throw new CommandError(`${goQuote(name)} is not a valid key name: ${problems.join(';')}`);
}

function* fromSource(session: Session, from: string): Waiting<EnvVar[]> {
  const [info] = yield* (yield* select(session, { args: from.includes('/') ? [from] : [] })).infos();
  const object = info?.object as KubeObject;
  const field = object.kind === 'ConfigMap' ? 'configMapKeyRef' : object.kind === 'Secret' ? 'secretKeyRef' : undefined;
  if (!field) throw new CommandError('unsupported resource specified in --from');
  const keys = session.flags.list('keys');
  const wanted = Object.keys((object['data'] as object | undefined) ?? {})
    .filter((key) => keys.length === 0 || keys.includes(key))
    .sort();
  const variables: object[] = [];
  for (const key of wanted) {
    const name = key.replaceAll(/[^a-zA-Z0-9_]/g, '_').toUpperCase();
    if (name !== key) yield* session.warn(`key ${key} transferred to ${name}`);
    variables.push({ name, valueFrom: { [field]: { name: object.metadata.name ?? '', key } } });
  }
  return variables as EnvVar[];
}

function chosen(session: Session, object: KubeObject): Container[] {
  const spec = templateOf(object)?.spec;
  if (!spec) throw new CommandError(`the object is not a pod or does not have a pod template: ${goTypeName(object)}`);
  return [...(spec.containers ?? []), ...(spec.initContainers ?? [])].filter(({ name }) =>
    matchesContainer(name, session.flags.text('containers')),
  );
}

function changeEnv(session: Session, object: KubeObject, { set, remove }: Changes): void {
  const overwrite = session.flags.bool('overwrite');
  for (const container of chosen(session, object)) {
    const current = container.env ?? [];
    for (const { name, value } of overwrite ? [] : set) {
      const old = current.find((each) => each.name === name);
      if (old?.value && old.value !== value)
        throw new CommandError(`'${name}' already has a value (${old.value}), and --overwrite is false`);
    }
    let next = [...current];
    for (const variable of set) {
      const at = next.findIndex(({ name }) => name === variable.name);
      if (at < 0) next.push(variable);
      else next[at] = variable;
    }
    next = next.filter(({ name }) => !remove.includes(name));
    if (next.length > 0) container.env = next;
    else delete container.env;
  }
}

function* listEnv(session: Session, infos: readonly Info[], { set, remove }: Changes): Waiting<void> {
  for (const info of infos) {
    const object = deepCopy(info.object as KubeObject);
    changeEnv(session, object, { set, remove });
    for (const container of chosen(session, object)) {
      yield* session.out(`# ${info.mapping.kind} ${info.name}, container ${container.name}\n`);
      yield* listVariables(session, object, container);
    }
  }
}

/** With `--resolve` the values themselves; what cannot be found is told behind the list. */
function* listVariables(session: Session, object: KubeObject, container: Container): Waiting<void> {
  const failures = new Map<string, string[]>();
  for (const { name, value = '', valueFrom } of container.env ?? []) {
    const source = valueFrom as unknown as EnvSource | undefined;
    let found: string | undefined = source ? undefined : value;
    if (source && session.flags.bool('resolve')) {
      try {
        found = yield* resolveSource(session, source, object, container);
      } catch (error) {
        failures.set(plainText(error), [...(failures.get(plainText(error)) ?? []), name]);
      }
    }
    yield* session.out(found === undefined ? `# ${name} from ${sourceText(source ?? {})}\n` : `${name}=${found}\n`);
  }
  const lines = [...failures].map(
    ([why, names]) => `error retrieving reference for ${names.sort().join(', ')}: ${why}\n`,
  );
  yield* session.err(lines.sort().join(''));
}

function sourceText(source: EnvSource): string {
  if (source['configMapKeyRef'])
    return `configmap ${source['configMapKeyRef']['name']}, key ${source['configMapKeyRef']['key']}`;
  if (source['secretKeyRef']) return `secret ${source['secretKeyRef']['name']}, key ${source['secretKeyRef']['key']}`;
  if (source['fieldRef']) return `field path ${source['fieldRef']['fieldPath']}`;
  const resource = source['resourceFieldRef'] ?? {};
  return `resource field ${resource['containerName'] ? `${resource['containerName']}/` : ''}${resource['resource']}`;
}
