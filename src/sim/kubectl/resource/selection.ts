import { goQuote } from '../../api/go-text.js';
import { isJsonObject, type KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import { collectionPath, objectPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, plainText, throwAll, UrlError } from '../errors.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';
import type { Mapping } from './discovery.js';
import { documentsOf, type FileOptions, noFiles, type Source, shapeProblem, sourcesOf } from './files.js';
import type { Info } from './info.js';
import { expandCategories, mappingFor, mappingOfKind, noMatch } from './mapper.js';

/** How a verb chooses its objects; what is left out is not allowed or off. */
export interface SelectionOptions {
  readonly args?: readonly string[];
  /** A type alone means all objects of it (get, describe). */
  readonly allowEmptySelector?: boolean;
  readonly files?: FileOptions;
  readonly selector?: string;
  readonly fieldSelector?: string;
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
  /** Go on after an error and tell all at the end. */
  readonly continueOnError?: boolean;
  /** Read objects named in files from the server. */
  readonly latest?: boolean;
  /** Names need not be looked up. */
  readonly withoutObject?: boolean;
  /** Nothing is asked of the server. */
  readonly local?: boolean;
  /** Objects from files are looked at before they are sent. */
  readonly validate?: boolean;
  readonly singleType?: boolean;
  readonly subresource?: string;
  /** How lists and objects are asked for, when not as plain objects: the answer then is one info as it came. */
  readonly accept?: string;
  readonly query?: Query;
  readonly chunkSize?: number;
  readonly ignoreNotFound?: boolean;
}

const MISSING = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;
const LOCAL_MISSING = `error: you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

interface Tuple {
  readonly type: string;
  readonly name: string;
}

type Visit = (info: Info) => Waiting<void>;

/**
 * The objects a command line names: types with names or selectors, or files (cli-runtime's resource builder). Made by
 * `select`, walked by `visit`.
 */
export class Selection {
  /** Whether one object was meant rather than a list. */
  single = false;

  constructor(
    private readonly options: SelectionOptions,
    private readonly walk: (visit: Visit, fail: (error: unknown) => void) => Waiting<void>,
  ) {}

  /** Calls `visit` for each object in order. Throws what went wrong, at once or at the end as the verb wants. */
  *visit(visit: Visit): Waiting<void> {
    const errors: unknown[] = [];
    const fail = (error: unknown): void => {
      if (this.options.ignoreNotFound && isNotFound(error)) return;
      if (!this.options.continueOnError || error instanceof UrlError) throw error;
      errors.push(error);
    };
    yield* this.walk(visit, fail);
    throwAll(errors);
  }

  /** All objects, and the errors of those that could not be had. */
  *collect(): Waiting<{ infos: Info[]; error: unknown }> {
    const infos: Info[] = [];
    try {
      yield* this.visit(function* (info) {
        infos.push(info);
      });
    } catch (error) {
      return { infos, error };
    }
    return { infos, error: undefined };
  }

  /** All objects. Throws what went wrong. */
  *infos(): Waiting<Info[]> {
    const { infos, error } = yield* this.collect();
    if (error !== undefined) throw error;
    return infos;
  }
}

/** Reads the arguments and finds the types; the objects themselves are read when they are visited. */
export function* select(session: Session, options: SelectionOptions): Waiting<Selection> {
  const files = options.files ?? { filenames: [], kustomize: '', recursive: false };
  const { sources, errors, many } = sourcesOf(session, files);
  const args = options.args ?? [];
  if (options.local && noFiles(files) && args.length > 0) throw new CommandError(LOCAL_MISSING);
  const parsed = yield* parseArgs(session, options, args);
  throwAll(errors);
  const hasSelector = parsed.selecting;
  if (sources.length > 0) {
    refuseWithFiles(parsed);
    const selection = new Selection(options, (visit, fail) => visitSources(session, options, sources, visit, fail));
    selection.single = !many;
    return selection;
  }
  if (hasSelector) return yield* bySelector(session, options, parsed);
  if (parsed.tuples.length > 0) return yield* byTuples(session, options, parsed);
  if (parsed.names.length > 0) return yield* byNames(session, options, parsed);
  if (parsed.types.length > 0) {
    for (const type of parsed.types) yield* mappingFor(session, type);
    throw new CommandError('resource(s) were provided, but no name was specified');
  }
  throw new CommandError(MISSING);
}

interface Parsed {
  readonly types: readonly string[];
  readonly names: readonly string[];
  readonly tuples: readonly Tuple[];
  readonly selecting: boolean;
}

function* parseArgs(session: Session, options: SelectionOptions, given: readonly string[]): Waiting<Parsed> {
  const { all = false, selector = '', fieldSelector = '' } = options;
  const args = splitMany(given);
  const combined = combinedTuples(args);
  const asked = selector !== '' || fieldSelector !== '' || all;
  if (selector !== '' && all)
    throw new CommandError(`found non-empty label selector ${goQuote(selector)} with previously set 'all' parameter. `);
  if (combined) return { types: [], names: [], tuples: combined, selecting: asked };
  if (args.length === 0) return { types: [], names: [], tuples: [], selecting: asked };
  const first = options.local ? (args[0] as string) : yield* expandCategories(session, args[0] as string);
  const types = first.split(',').filter((type) => type !== '');
  if (args[0] === '') throw new CommandError(MISSING);
  return {
    types,
    names: args.slice(1),
    tuples: [],
    selecting: asked || (args.length === 1 && options.allowEmptySelector === true),
  };
}

/** `a,b c` means `a/c b/c`. */
function splitMany(args: readonly string[]): readonly string[] {
  if (args.length < 2) return args;
  const types = (args[0] as string).split(',').filter((type) => type !== '');
  return types.length < 2 ? args : types.flatMap((type) => args.slice(1).map((name) => `${type}/${name}`));
}

function combinedTuples(args: readonly string[]): Tuple[] | undefined {
  const withSlash = args.filter((arg) => arg.includes('/')).length;
  if (withSlash === 0) return undefined;
  if (withSlash !== args.length) {
    throw new CommandError(
      "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  }
  return args.map((arg) => {
    const parts = arg.split('/');
    if (parts.length !== 2) throw new CommandError('arguments in resource/name form may not have more than one slash');
    const [type = '', name = ''] = parts;
    if (type === '' || name === '' || type.includes(',')) {
      throw new CommandError('arguments in resource/name form must have a single resource and name');
    }
    return { type, name };
  });
}

function refuseWithFiles({ types, names, tuples }: Parsed): void {
  if (types.length > 0)
    throw new CommandError(
      'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  if (names.length > 0) throw new CommandError('name cannot be provided when a path is specified');
  if (tuples.length > 0) throw new CommandError('resource/name arguments cannot be provided when a path is specified');
}

function scopeOf(session: Session, options: SelectionOptions, mapping: Mapping, byName: boolean): string {
  if (!mapping.namespaced) return '';
  if (!options.allNamespaces) return session.namespace().name;
  if (byName) throw new CommandError('a resource cannot be retrieved by name across all namespaces');
  return '';
}

function* mappingsOf(session: Session, options: SelectionOptions, types: readonly string[]): Waiting<Mapping[]> {
  if (types.length > 1 && options.singleType) throw new CommandError('you may only specify a single resource type');
  const mappings: Mapping[] = [];
  for (const type of types) {
    const mapping = yield* mappingFor(session, type);
    if (!mappings.includes(mapping)) mappings.push(mapping);
  }
  return mappings;
}

function* bySelector(
  session: Session,
  options: SelectionOptions,
  { types, names, tuples }: Parsed,
): Waiting<Selection> {
  if (names.length > 0) throw new CommandError('name cannot be provided when a selector is specified');
  if (tuples.length > 0)
    throw new CommandError('selectors and the all flag cannot be used when passing resource/name arguments');
  if (types.length === 0) throw new CommandError('at least one resource must be specified to use a selector');
  if (options.subresource) throw new CommandError('subresource cannot be used when bulk resources are specified');
  const mappings = yield* mappingsOf(session, options, types);
  return new Selection(options, function* (visit, fail) {
    for (const mapping of mappings) {
      try {
        yield* visitList(session, options, mapping, visit, fail);
      } catch (error) {
        fail(error);
      }
    }
  });
}

function* visitList(
  session: Session,
  options: SelectionOptions,
  mapping: Mapping,
  visit: Visit,
  fail: (error: unknown) => void,
): Waiting<void> {
  const namespace = scopeOf(session, options, mapping, false);
  let token: string | undefined;
  do {
    const page = yield* listPage(session, options, mapping, namespace, token);
    token = page.metadata?.continue || undefined;
    if (options.accept !== undefined) {
      yield* visit({ mapping, namespace, name: '', object: page as unknown as KubeObject, source: undefined });
      continue;
    }
    for (const object of page.items) {
      const { name = '', namespace: own = '' } = object.metadata;
      try {
        yield* visit({ mapping, namespace: own, name, object, source: undefined });
      } catch (error) {
        fail(error);
      }
    }
  } while (token !== undefined);
}

interface Page {
  readonly items: readonly KubeObject[];
  readonly metadata?: { readonly continue?: string; readonly resourceVersion?: string };
}

function* listPage(
  session: Session,
  options: SelectionOptions,
  mapping: Mapping,
  namespace: string,
  token: string | undefined,
): Waiting<Page> {
  const query = {
    ...options.query,
    labelSelector: options.selector || undefined,
    fieldSelector: options.fieldSelector || undefined,
    limit: options.chunkSize ? String(options.chunkSize) : undefined,
    continue: token,
  };
  try {
    return yield* session
      .rest()
      .send<Page>({ method: 'GET', path: collectionPath(mapping, namespace), query, accept: options.accept });
  } catch (error) {
    throw listError(error, options, mapping);
  }
}

/** What was selected by stands before what the server says of it (EnhanceListError). */
function listError(error: unknown, options: SelectionOptions, mapping: Mapping): unknown {
  if (!(error instanceof StatusError)) return error;
  const { reason } = error.status;
  if (reason !== 'BadRequest' && reason !== 'NotFound') return error;
  const resource = goQuote(`${mapping.group}/${mapping.version}, Resource=${mapping.resource}`);
  const { selector = '', fieldSelector = '' } = options;
  const message =
    selector === '' && fieldSelector === ''
      ? `Unable to list ${resource}: ${error.message}`
      : `Unable to find ${resource} that match label selector ${goQuote(selector)}, field selector ${goQuote(fieldSelector)}: ${error.message}`;
  return new StatusError({ ...error.status, message });
}

function* byTuples(session: Session, options: SelectionOptions, { types, tuples }: Parsed): Waiting<Selection> {
  if (types.length > 0)
    throw new CommandError('you may not specify individual resources and bulk resources in the same call');
  const mappings: Mapping[] = [];
  for (const { type } of tuples) mappings.push(yield* mappingFor(session, type));
  if (options.singleType && new Set(mappings).size > 1)
    throw new CommandError('you may only specify a single resource type');
  return named(
    session,
    options,
    tuples.map(({ name }, i) => ({ mapping: mappings[i] as Mapping, name })),
  );
}

function* byNames(session: Session, options: SelectionOptions, { types, names }: Parsed): Waiting<Selection> {
  if (types.length === 0) throw new CommandError('you must provide a resource and a resource name together');
  if (types.length > 1) throw new CommandError('you must specify only one resource');
  const [mapping] = yield* mappingsOf(session, options, types);
  return named(
    session,
    options,
    names.map((name) => ({ mapping: mapping as Mapping, name })),
  );
}

function named(
  session: Session,
  options: SelectionOptions,
  list: readonly { mapping: Mapping; name: string }[],
): Selection {
  const infos = list.map(
    ({ mapping, name }): Info => ({
      mapping,
      name,
      namespace: scopeOf(session, options, mapping, true),
      object: undefined,
      source: undefined,
    }),
  );
  const selection = new Selection(options, function* (visit, fail) {
    for (const info of infos) {
      try {
        if (!options.withoutObject) yield* refresh(session, info, options);
        yield* visit(info);
      } catch (error) {
        fail(error);
      }
    }
  });
  selection.single = infos.length === 1;
  return selection;
}

/** Reads an object from the server. */
export function* refresh(
  session: Session,
  info: Info,
  options: Pick<SelectionOptions, 'accept' | 'query' | 'subresource'> = {},
): Waiting<KubeObject> {
  const path = objectPath(info.mapping, info.name, info.namespace, options.subresource);
  const object = yield* session
    .rest()
    .send<KubeObject>({ method: 'GET', path, accept: options.accept, query: options.query });
  info.object = object;
  return object;
}

function* visitSources(
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
    object.metadata.namespace = wanted;
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
