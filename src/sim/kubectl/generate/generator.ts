import type { KubeObject } from '../../api/object.js';
import { StatusError } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import type { Waiting } from '../../kernel/wait.js';
import { withLastApplied } from '../apply/last-applied.js';
import type { Command } from '../cobra/command.js';
import { CommandError, UsageError } from '../errors.js';
import { dryRunOf, WritePrinter } from '../print-flags.js';
import { mappingOfKind, noMatch, splitApiVersion } from '../resource/mapper.js';
import type { Session } from '../session.js';
import { writeQuery } from '../write-options.js';

/** What a generator is asked for: the name, what stood behind `--`, and the run for its flags. */
export interface GeneratorRequest {
  readonly session: Session;
  readonly name: string;
  readonly command: readonly string[];
  readonly namespace: string;
}

export interface GeneratorFacts {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly short: string;
  readonly required?: readonly string[];
  /** What stands before the server's refusal: `failed to create deployment: `. */
  readonly failing?: string;
  readonly build: (request: GeneratorRequest) => Waiting<KubeObject>;
}

/** A `kubectl create KIND` that builds an object from its flags. `group` is the path above it: `create`, `create secret`. */
export function generatorCommand(group: string, facts: GeneratorFacts): Command {
  const { build, failing, ...rest } = facts;
  const path = `${group} ${facts.name}`;
  return {
    ...rest,
    run: function* (session, flags, args) {
      const named = flags.dashAt >= 0 ? flags.dashAt : args.length;
      if (named !== 1) throw new UsageError(path, `exactly one NAME is required, got ${named}`);
      const dryRun = dryRunOf(session);
      const printer = new WritePrinter(session, dryRun, { keepOrder: true });
      writeQuery(session, true);
      const object = yield* build({
        session,
        name: args[0] as string,
        command: args.slice(1),
        namespace: session.namespace().name,
      });
      try {
        yield* createBuilt(session, printer, object);
      } catch (error) {
        throw failing !== undefined && error instanceof StatusError ? new CommandError(failing + error.message) : error;
      }
    },
  };
}

/** Sends an object that was built here, unless the run is dry, and prints it. `viaDiscovery`: the server is asked first what it has. */
export function* createBuilt(
  session: Session,
  printer: WritePrinter,
  built: KubeObject,
  operation = 'created',
  viaDiscovery = false,
): Waiting<KubeObject> {
  const { name: namespace, enforced } = session.namespace();
  const dryRun = dryRunOf(session);
  let object = session.flags.bool('save-config') ? withLastApplied(built, true) : built;
  if (dryRun === 'client') {
    const isGlobal = CLUSTER_KINDS.has(object.kind);
    if (enforced && !isGlobal) object = withNamespace(object, namespace);
  } else {
    const mapping = viaDiscovery ? yield* mappingOfKind(session, object.apiVersion, object.kind) : knownType(object);
    if (!mapping) throw new CommandError(noMatch(object));
    const sent = mapping.namespaced ? withNamespace(object, namespace) : object;
    object = yield* session
      .rest()
      .create(mapping, sent, mapping.namespaced ? namespace : '', writeQuery(session, true));
  }
  yield* printer.print(object, operation);
  return object;
}

const CLUSTER_KINDS = new Set(['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'PriorityClass']);

/** Where a kind that is built here lives; kubectl knows that without asking the server. */
function knownType({ apiVersion, kind }: KubeObject): ResourceType {
  const plural = kind.toLowerCase().replace(/s$/, 'se');
  return { ...splitApiVersion(apiVersion), kind, resource: `${plural}s`, namespaced: !CLUSTER_KINDS.has(kind) };
}

/** The object with a namespace right behind its name, as its type orders them. */
export function withNamespace(object: KubeObject, namespace: string): KubeObject {
  const { name, namespace: _old, ...rest } = object.metadata;
  return { ...object, metadata: { ...(name === undefined ? {} : { name }), namespace, ...rest } };
}
