import { goQuote } from '../../api/go-text.js';
import { matchesSelector, parseSelector } from '../../api/labels.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText, UrlError } from '../errors.js';
import type { Session } from '../session.js';
import type { Mapping } from './discovery.js';
import { documentsOf, type Source, shapeProblem } from './files.js';
import type { Info } from './info.js';
import { mappingOfKind, noMatch } from './mapper.js';
import { refresh } from './refresh.js';
import type { SelectionOptions, Visit } from './selection.js';

/** Walks the objects in files, one document after another. */
export function* visitSources(
  session: Session,
  options: SelectionOptions,
  sources: readonly Source[],
  visit: Visit,
  fail: (error: unknown) => void,
): Waiting<void> {
  for (const source of sources) {
    try {
      const { documents, error } = yield* documentsOf(source);
      for (const { value, raw } of documents) {
        if (options.validate) yield* checkShape(session, source, value);
        for (const object of flatten(objectOf(source, value, raw))) {
          try {
            const info = yield* infoOf(session, options, source, object);
            if (options.selector && !matchesSelector(parseSelector(options.selector), object.metadata.labels)) continue;
            if (options.latest) yield* refresh(session, info, options);
            yield* visit(info);
          } catch (problem) {
            fail(problem);
          }
        }
      }
      if (error !== undefined) throw new CommandError(`error parsing ${source.name}: ${error}`);
    } catch (problem) {
      fail(problem);
    }
  }
}

const IGNORE_HINT = 'if you choose to ignore these errors, turn validation off with --validate=false';

function* checkShape(session: Session, { name }: Source, value: Parameters<typeof shapeProblem>[0]): Waiting<void> {
  const problem = shapeProblem(value);
  const prefix = `error validating ${goQuote(name)}: error validating data: `;
  if (problem !== undefined) throw new CommandError(`${prefix}${problem}; ${IGNORE_HINT}`);
  try {
    yield* session.discovery().resources(0);
  } catch (error) {
    if (!(error instanceof UrlError)) throw error;
    const tried = new UrlError('GET', `${session.rest().server}/openapi/v2?timeout=32s`, error.cause);
    throw new CommandError(`${prefix}failed to download openapi: ${plainText(tried)}; ${IGNORE_HINT}`);
  }
}

function objectOf({ name }: Source, value: unknown, raw: string): KubeObject {
  const problem = `unable to decode ${goQuote(name)}: `;
  if (!isJsonObject(value)) {
    const type = Array.isArray(value) ? 'array' : typeof value;
    throw new CommandError(
      `${problem}json: cannot unmarshal ${type} into Go value of type struct { Kind string "json:\\"kind,omitempty\\""; }`,
    );
  }
  if (typeof value['kind'] !== 'string' || value['kind'] === '')
    throw new CommandError(`${problem}Object 'Kind' is missing in '${raw}'`);
  return { ...value, metadata: isJsonObject(value['metadata']) ? value['metadata'] : {} } as unknown as KubeObject;
}

function flatten(object: KubeObject): KubeObject[] {
  const { items } = object;
  if (!Array.isArray(items) || !object.kind.endsWith('List')) return [object];
  return (items as KubeObject[]).flatMap((item) => flatten({ ...item, metadata: item.metadata ?? {} }));
}

function* infoOf(session: Session, options: SelectionOptions, source: Source, object: KubeObject): Waiting<Info> {
  const { name = '', namespace = '' } = object.metadata;
  const mapping = options.local
    ? localMapping(object)
    : yield* mappingOfKind(session, object.apiVersion ?? '', object.kind);
  if (!mapping) {
    throw new CommandError(
      `resource mapping not found for name: ${goQuote(name)} namespace: ${goQuote(namespace)} from ${goQuote(source.name)}: ${noMatch(object)}\nensure CRDs are installed first`,
    );
  }
  const info: Info = { mapping, namespace, name, object, source: source.name };
  if (!mapping.namespaced) {
    info.namespace = '';
    delete object.metadata.namespace;
    return info;
  }
  const { name: wanted, enforced } = session.namespace();
  if (namespace === '') {
    info.namespace = wanted;
    // Who asks no server does not know which kinds have a namespace.
    if (!options.local) object.metadata.namespace = wanted;
  } else if (enforced && namespace !== wanted && !options.allNamespaces) {
    throw new CommandError(
      `the namespace from the provided object ${goQuote(namespace)} does not match the namespace ${goQuote(wanted)}. You must pass '--namespace=${namespace}' to perform this operation.`,
    );
  }
  return info;
}

/** What can be said of a kind without asking the server. */
function localMapping({ apiVersion = '', kind }: KubeObject): Mapping {
  const [group = '', version = ''] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const singular = kind.toLowerCase();
  return {
    group,
    version,
    kind,
    resource: `${singular}s`,
    namespaced: true,
    singular,
    shortNames: [],
    categories: [],
    verbs: [],
    subresources: [],
  };
}
