import { inFieldOrder } from '../api/field-order.js';
import type { JsonObject, KubeObject } from '../api/object.js';
import type { Container, Pod } from '../api/types/pod.js';
import { objectPath } from '../client/paths.js';
import { RESOURCES } from '../client/resource-types.js';
import { encodeText } from '../kernel/bytes.js';
import { isErrno } from '../kernel/errno.js';
import type { Waiting } from '../kernel/wait.js';
import type { Command } from './cobra/command.js';
import { copyAnswer } from './copy-answer.js';
import { CommandError, plainText } from './errors.js';
import type { ObjectPrinter } from './output/printer.js';
import { outputPrinter } from './print-flags.js';
import { mappingFor } from './resource/mapper.js';
import type { Session } from './session.js';

/** What is written of each namespace, in this order: kubectl's names of resources, and those of the files. */
const DUMPED: readonly (readonly [resource: string, file: string])[] = [
  ['events', 'events'],
  ['replicationcontrollers', 'replication-controllers'],
  ['services', 'services'],
  ['daemonsets.apps', 'daemonsets'],
  ['deployments.apps', 'deployments'],
  ['replicasets.apps', 'replicasets'],
  ['pods', 'pods'],
];

/** `kubectl cluster-info dump`. */
export const clusterDump: Command = {
  name: 'dump',
  short: 'Dump relevant information for debugging and diagnosis',
  run: function* (session, flags): Waiting<void> {
    const output = flags.text('output');
    const printer = outputPrinter(session, { keepOrder: true });
    if (!printer) throw new CommandError('no output format was given');
    const dump = new Dump(session, printer, { json: '.json', yaml: '.yaml' }[output] ?? '.txt');
    const nodes = yield* dump.list('nodes', '', 'nodes');
    if (output === 'name') throw new CommandError(`list types are not supported by name printing: *v1.${nodes.kind}`);
    yield* dump.print(nodes, 'nodes');
    for (const namespace of yield* namespacesOf(session)) yield* dumpNamespace(dump, namespace);
    if (dump.isFolder) yield* session.out(`Cluster info dumped to ${dump.folder}\n`);
  },
};

function* namespacesOf(session: Session): Waiting<readonly string[]> {
  const { flags } = session;
  if (!flags.bool('all-namespaces')) {
    const named = flags.list('namespaces');
    return named.length > 0 ? named : ['kube-system', session.namespace().name];
  }
  const { items } = yield* session.rest().list<KubeObject>(RESOURCES.namespaces);
  return items.map(({ metadata }) => metadata.name ?? '');
}

function* dumpNamespace(dump: Dump, namespace: string): Waiting<void> {
  let pods: readonly Pod[] = [];
  for (const [resource, file] of DUMPED) {
    const list = yield* dump.list(resource, namespace, file);
    yield* dump.print(list, `${namespace}/${file}`);
    if (resource === 'pods') pods = list.items as unknown as Pod[];
  }
  for (const pod of pods) yield* dump.logs(pod, `${namespace}/${pod.metadata.name}/logs`);
}

type List = KubeObject & { readonly items: readonly KubeObject[] };

/** Where it all goes: files in a folder, or standard output. */
class Dump {
  readonly folder: string;
  readonly isFolder: boolean;
  private readonly begun = new Set<string>();

  constructor(
    private readonly session: Session,
    private readonly printer: ObjectPrinter,
    private readonly extension: string,
  ) {
    this.folder = session.flags.text('output-directory');
    this.isFolder = this.folder !== '' && this.folder !== '-';
  }

  *list(resource: string, namespace: string, file: string): Waiting<List> {
    const mapping = yield* mappingFor(this.session, resource);
    const list = (yield* this.session.rest().list(mapping, namespace || undefined)) as unknown as List;
    if (!list.items) throw new CommandError(`the server did not list ${file}`);
    return list;
  }

  /** A list as Go's types print it: its items do not say what they are. */
  *print(list: List, file: string): Waiting<void> {
    const ordered = inFieldOrder(list as JsonObject) as unknown as List;
    const items = ordered.items.map(({ apiVersion: _version, kind: _kind, ...item }) => item);
    yield* this.write(
      file,
      this.extension,
      encodeText(this.printer.print({ ...ordered, items: items.length > 0 ? items : null })),
    );
  }

  /** What each container of a pod printed. */
  *logs({ metadata, spec }: Pod, file: string): Waiting<void> {
    const { name = '', namespace = '' } = metadata;
    const write = (bytes: Uint8Array): Waiting<void> => this.write(file, '.txt', bytes);
    for (const container of [...(spec.initContainers ?? []), ...spec.containers] as Container[]) {
      const which = `logs for container ${container.name} of pod ${namespace}/${name} ====\n`;
      yield* write(encodeText(`==== START ${which}`));
      try {
        const path = objectPath(RESOURCES.pods, name, namespace, 'log');
        const query = { container: container.name };
        yield* copyAnswer(yield* this.session.rest().response({ method: 'GET', path, query, accept: '*/*' }), write);
      } catch (error) {
        if (!(error instanceof Error)) throw error;
        yield* write(encodeText(`Request log error: ${plainText(error)}\n`));
      }
      yield* write(encodeText(`==== END ${which}`));
    }
  }

  private *write(file: string, extension: string, bytes: Uint8Array): Waiting<void> {
    const { sys } = this.session;
    if (!this.isFolder) return yield* sys.write(1, bytes);
    const path = `${this.folder}/${file}${extension}`;
    const isNew = !this.begun.has(path);
    this.begun.add(path);
    if (isNew) this.makeFolders(path);
    const descriptor = sys.open(path, {
      write: true,
      create: true,
      ...(isNew ? { truncate: true } : { append: true }),
    });
    yield* sys.write(descriptor, bytes);
    sys.close(descriptor);
  }

  private makeFolders(path: string): void {
    const parts = path.split('/').slice(0, -1);
    for (let count = 1; count <= parts.length; count += 1) {
      const folder = parts.slice(0, count).join('/');
      try {
        if (folder !== '') this.session.sys.makeDirectory(folder, 0o755);
      } catch (error) {
        if (!isErrno(error, 'EEXIST')) throw error;
      }
    }
  }
}
