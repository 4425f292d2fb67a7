/** Kustomizations: resources, bases, generators, and what changes all objects at once. */
import { compareText } from '../../api/go-text.js';
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { readManifests } from '../../api/yaml/manifests.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import { CommandError } from '../errors.js';
import type { Session } from '../session.js';
import { containersOf, templateOf } from '../workload/pod-spec.js';
import { generated } from './generators.js';

const FILES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** The objects a directory's kustomization comes to, in kubectl's order. Throws what the real one says. */
export function buildKustomization(session: Session, directory: string): KubeObject[] {
  const absolute = directory.startsWith('/')
    ? directory
    : `${session.sys.directory()}/${directory}`.replace(/\/\.$/, '');
  if (!isDirectory(session, absolute)) {
    throw new CommandError(
      `must build at directory: not a valid directory: evalsymlink failure on '${directory}' : lstat ${absolute}: no such file or directory`,
    );
  }
  return objectsIn(session, absolute).sort(
    (a, b) => rank(a) - rank(b) || compareText(a.kind, b.kind) || compareText(idOf(a), idOf(b)),
  );
}

function isDirectory({ sys }: Session, path: string): boolean {
  try {
    return sys.stat(path).type === 'directory';
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

function objectsIn(session: Session, directory: string): KubeObject[] {
  const file = readKustomization(session, directory);
  const list = (name: string): unknown[] => (Array.isArray(file[name]) ? (file[name] as unknown[]) : []);
  const objects = [...list('resources'), ...list('bases')].flatMap((entry) =>
    resourceObjects(session, directory, String(entry)),
  );
  const made = generated(session, directory, file);
  return change([...objects, ...made], file);
}

function readKustomization(session: Session, directory: string): JsonObject {
  const names = session.sys.readDirectory(directory).map(({ name }) => name);
  const name = FILES.find((each) => names.includes(each));
  if (name === undefined) {
    throw new CommandError(
      `unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '${directory}'`,
    );
  }
  const value = readYaml(decodeText(session.sys.readFile(`${directory}/${name}`)));
  if (!isJsonObject(value)) throw new CommandError('kustomization.yaml is empty');
  return value;
}

function resourceObjects(session: Session, directory: string, entry: string): KubeObject[] {
  const path = `${directory}/${entry}`;
  if (isDirectory(session, path)) return objectsIn(session, path);
  try {
    const { documents, error } = readManifests(decodeText(session.sys.readFile(path)));
    if (error !== undefined) throw new CommandError(`accumulating resources from '${entry}': ${error}`);
    return documents.map(({ value }) => deepCopy(value) as unknown as KubeObject);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new CommandError(
      `accumulating resources: accumulation err='accumulating resources from '${entry}': open ${path}: no such file or directory': evalsymlink failure on '${path}' : lstat ${path}: no such file or directory`,
    );
  }
}

/** Names, namespaces, labels, annotations, images and replicas. */
function change(objects: readonly KubeObject[], file: JsonObject): KubeObject[] {
  const text = (name: string): string => (typeof file[name] === 'string' ? file[name] : '');
  const renamed = new Map<string, string>();
  for (const { kind, metadata } of objects) {
    const name = kind === 'Namespace' ? metadata.name : `${text('namePrefix')}${metadata.name}${text('nameSuffix')}`;
    renamed.set(`${kind}/${metadata.name}`, name ?? '');
  }
  const labels = labelsOf(file);
  const annotations = (file['commonAnnotations'] ?? {}) as Record<string, string>;
  return objects.map((object) => {
    const { metadata } = object;
    const next: KubeObject = { ...object, metadata: { ...metadata } };
    next.metadata.name = renamed.get(`${object.kind}/${metadata.name}`) ?? '';
    if (text('namespace') !== '' && !CLUSTER.has(object.kind)) next.metadata.namespace = text('namespace');
    if (Object.keys(labels.plain).length > 0) next.metadata.labels = { ...metadata.labels, ...labels.plain };
    if (Object.keys(annotations).length > 0) next.metadata.annotations = { ...metadata.annotations, ...annotations };
    changeTemplate(next, file, labels);
    return next;
  });
}

interface Labels {
  readonly plain: Readonly<Record<string, string>>;
  readonly template: Readonly<Record<string, string>>;
  readonly selector: Readonly<Record<string, string>>;
}

function labelsOf(file: JsonObject): Labels {
  const common = (file['commonLabels'] ?? {}) as Record<string, string>;
  const entries = (file['labels'] ?? []) as {
    pairs?: Record<string, string>;
    includeSelectors?: boolean;
    includeTemplates?: boolean;
  }[];
  const some = (fits: (entry: (typeof entries)[number]) => unknown): Record<string, string> =>
    Object.assign({}, common, ...entries.filter(fits).map(({ pairs }) => pairs));
  return {
    plain: some(() => true),
    template: some(({ includeSelectors, includeTemplates }) => includeSelectors || includeTemplates),
    selector: some(({ includeSelectors }) => includeSelectors),
  };
}

function changeTemplate(object: KubeObject, file: JsonObject, labels: Labels): void {
  const spec = object['spec'] as JsonObject | undefined;
  const template = templateOf(object);
  if (template && object.kind !== 'Pod') {
    if (Object.keys(labels.template).length > 0)
      template.metadata = { ...template.metadata, labels: { ...template.metadata?.labels, ...labels.template } };
    const selector = spec?.['selector'] as { matchLabels?: object } | undefined;
    if (selector && Object.keys(labels.selector).length > 0)
      selector.matchLabels = { ...selector.matchLabels, ...labels.selector };
  } else if (object.kind === 'Service' && spec?.['selector'])
    spec['selector'] = { ...(spec['selector'] as object), ...labels.selector };
  for (const container of containersOf(template?.spec)) container.image = imageOf(container.image ?? '', file);
  const replicas = ((file['replicas'] ?? []) as { name: string; count: number }[]).find(({ name }) =>
    object.metadata.name?.endsWith(name),
  );
  if (replicas && spec && 'template' in spec) spec['replicas'] = replicas.count;
}

function imageOf(image: string, file: JsonObject): string {
  const [, name = image, rest = ''] = /^(.*?)((?::[^/:@]+)?(?:@.*)?)$/.exec(image) ?? [];
  const rule = ((file['images'] ?? []) as Record<string, string>[]).find((each) => each['name'] === name);
  if (!rule) return image;
  const tail = rule['digest'] ? `@${rule['digest']}` : rule['newTag'] ? `:${rule['newTag']}` : rest;
  return `${rule['newName'] ?? name}${tail}`;
}

const CLUSTER = new Set(['ClusterRole', 'ClusterRoleBinding', 'Namespace', 'Node', 'PersistentVolume', 'StorageClass']);
/** Kustomize's legacy order: what others need comes first. */
// biome-ignore format: a list
const FIRST = [
  'Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy', 'Role', 'ClusterRole',
  'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service', 'LimitRange', 'PriorityClass', 'PersistentVolume',
  'PersistentVolumeClaim', 'Deployment', 'StatefulSet', 'CronJob', 'PodDisruptionBudget',
];

function rank({ kind }: KubeObject): number {
  const at = FIRST.indexOf(kind);
  return at < 0 ? FIRST.length : at;
}

function idOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}
