import type { JsonObject } from '../../../api/object.js';
import type { Kubeconfig } from '../../../client/kubeconfig/types.js';
import type { Command } from '../../cobra/command.js';
import type { Flags } from '../../cobra/flags.js';
import { configObject } from '../../config/file.js';
import { CommandError, UsageError } from '../../errors.js';
import { outputPrinter } from '../../print-flags.js';
import type { Session } from '../../session.js';

const SECRET_DATA = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'];
const SECRETS = ['token', 'password'];

/** `kubectl config view`. */
export const view: Command = {
  name: 'view',
  short: 'Display merged kubeconfig settings or a specified kubeconfig file',
  run: function* (session, flags, args) {
    if (args.length > 0) throw new UsageError('config view', `unexpected arguments: [${args.join(' ')}]`);
    if (!flags.bool('merge') && flags.text('kubeconfig') === '')
      throw new CommandError('if merge==false a precise file must be specified');
    const config = chosen(session.kubeconfigOrEmpty(), flags);
    const raw = flags.bool('raw') || flags.bool('flatten');
    const entries = (map: ReadonlyMap<string, object>): Map<string, JsonObject> =>
      new Map(
        [...map].map(([name, entry]) => [
          name,
          prepare(session, { ...entry } as JsonObject, raw, flags.bool('flatten')),
        ]),
      );
    const object = configObject({
      currentContext: config.currentContext,
      clusters: entries(config.clusters),
      contexts: entries(config.contexts),
      users: entries(config.users),
    });
    const printer = outputPrinter(session, { keepOrder: true });
    if (printer) yield* session.out(printer.print(inGoOrder(object)));
  },
};

/** With --minify, only what the context in use needs. */
function chosen(
  config: Kubeconfig,
  flags: Flags,
): Pick<Kubeconfig, 'currentContext' | 'clusters' | 'contexts' | 'users'> {
  if (!flags.bool('minify')) return config;
  const name = flags.text('context') || config.currentContext;
  const context = config.contexts.get(name);
  if (name === '') throw new CommandError('current-context must exist in order to minify');
  if (!context) throw new CommandError(`cannot locate context ${name}`);
  if (context.user && !config.users.has(context.user)) throw new CommandError(`cannot locate user ${context.user}`);
  if (context.cluster && !config.clusters.has(context.cluster))
    throw new CommandError(`cannot locate cluster ${context.cluster}`);
  const pick = <T>(map: ReadonlyMap<string, T>, key: string | undefined): Map<string, T> =>
    new Map([...map].filter(([each]) => each === key));
  return {
    currentContext: name,
    contexts: pick(config.contexts, name),
    clusters: pick(config.clusters, context.cluster),
    users: pick(config.users, context.user),
  };
}

function prepare({ sys }: Session, entry: JsonObject, raw: boolean, flatten: boolean): JsonObject {
  if (flatten) {
    for (const field of ['certificate-authority', 'client-certificate', 'client-key']) {
      const path = entry[field];
      if (typeof path !== 'string') continue;
      delete entry[field];
      entry[`${field}-data`] = Buffer.from(sys.readFile(path)).toString('base64');
    }
  }
  if (raw) return entry;
  for (const field of SECRET_DATA) if (entry[field]) entry[field] = 'DATA+OMITTED';
  for (const field of SECRETS) if (entry[field]) entry[field] = 'REDACTED';
  return entry;
}

const ORDER = ['kind', 'apiVersion', 'clusters', 'users', 'contexts', 'current-context'];
const ENTRY_ORDER = ['name', 'cluster', 'user', 'context'];
// biome-ignore format: a table
const FIELD_ORDER = [
  'server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority', 'certificate-authority-data', 'proxy-url',
  'client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'token', 'tokenFile', 'as', 'username', 'password', 'exec',
  'cluster', 'user', 'namespace',
];

/** The fields as Go's types order them, which shows in JSON. */
function inGoOrder(config: JsonObject): JsonObject {
  const order = (object: JsonObject, names: readonly string[]): JsonObject =>
    Object.fromEntries(Object.entries(object).sort(([a], [b]) => names.indexOf(a) - names.indexOf(b)));
  const entries = Object.entries(config).map(([key, value]) => {
    if (!Array.isArray(value)) return [key, value] as const;
    const list = (value as JsonObject[]).map((entry) =>
      order(
        Object.fromEntries(
          Object.entries(entry).map(([name, item]) => [
            name,
            typeof item === 'object' ? order(item as JsonObject, FIELD_ORDER) : item,
          ]),
        ),
        ENTRY_ORDER,
      ),
    );
    return [key, list] as const;
  });
  return order(Object.fromEntries(entries), ORDER);
}
