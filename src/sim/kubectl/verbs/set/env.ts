import { goQuote } from '../../../api/go-text.js';
import { envVarName } from '../../../api/names.js';
import { deepCopy, type KubeObject } from '../../../api/object.js';
import type { Container, EnvVar } from '../../../api/types/pod.js';
import type { Waiting } from '../../../kernel/wait.js';
import type { Command } from '../../cobra/command.js';
import { completeResources } from '../../completion/resources.js';
import { CommandError } from '../../errors.js';
import type { Info } from '../../resource/info.js';
import { select } from '../../resource/selection.js';
import type { Session } from '../../session.js';
import { matchesContainer } from '../../workload/container-pattern.js';
import { changeAll, checkLocal, setTargets } from '../../workload/patch-all.js';
import { containersOf, goTypeName, templateOf } from '../../workload/pod-spec.js';

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
  const changes = parseEnv([...flags.list('env'), ...words]);
  const from = flags.text('from') === '' ? [] : yield* fromSource(session, flags.text('from'));
  const all: Changes = { ...changes, set: [...changes.set, ...from] };
  const infos = yield* setTargets(session, resources);
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
    const isEnv = arg.includes('=') || (arg.endsWith('-') && arg !== '-') || arg === '-';
    if (isEnv) words.push(arg);
    else if (words.length > 0)
      throw new CommandError(`all resources must be specified before environment changes: ${args.join(' ')}`);
    else resources.push(arg);
  }
  return { resources, words };
}

function parseEnv(words: readonly string[]): Changes {
  const set: EnvVar[] = [];
  const remove: string[] = [];
  for (const word of words) {
    const equals = word.indexOf('=');
    if (equals > 0) checkName(word.slice(0, equals));
    if (equals > 0) set.push({ name: word.slice(0, equals), value: word.slice(equals + 1) });
    else if (word.endsWith('-')) remove.push(word.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${word}`);
  }
  return { set, remove };
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
  const prefix = session.flags.text('prefix');
  return Object.keys((object['data'] as object | undefined) ?? {})
    .filter((key) => keys.length === 0 || keys.includes(key))
    .sort()
    .map((key) => ({
      name: prefix + key.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_'),
      valueFrom: { [field]: { name: object.metadata.name ?? '', key } },
    })) as EnvVar[];
}

function chosen(session: Session, object: KubeObject): Container[] {
  const spec = templateOf(object)?.spec;
  if (!spec) throw new CommandError(`the object is not a pod or does not have a pod template: ${goTypeName(object)}`);
  return containersOf(spec).filter(({ name }) => matchesContainer(name, session.flags.text('containers')));
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
      for (const variable of container.env ?? []) yield* session.out(envLine(variable));
    }
  }
}

function envLine(variable: EnvVar): string {
  const { name, value, valueFrom } = variable;
  if (!valueFrom) return `${name}=${value ?? ''}\n`;
  return `# ${name} from ${sourceText(valueFrom as unknown as Record<string, Record<string, string> | undefined>)}\n`;
}

function sourceText(source: Record<string, Record<string, string> | undefined>): string {
  if (source['configMapKeyRef'])
    return `configmap ${source['configMapKeyRef']['name']}, key ${source['configMapKeyRef']['key']}`;
  if (source['secretKeyRef']) return `secret ${source['secretKeyRef']['name']}, key ${source['secretKeyRef']['key']}`;
  if (source['fieldRef']) return `field path ${source['fieldRef']['fieldPath']}`;
  const resource = source['resourceFieldRef'] ?? {};
  return `resource field ${resource['containerName'] ? `${resource['containerName']}/` : ''}${resource['resource']}`;
}
