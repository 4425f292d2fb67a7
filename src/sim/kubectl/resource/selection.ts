import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { isNotFound, StatusError } from '../../api/status.js';
import type { ResourceType } from '../../client/client.js';
import { collectionPath } from '../../client/paths.js';
import type { Waiting } from '../../kernel/wait.js';
import { CommandError, throwAll, UrlError } from '../errors.js';
import type { Query } from '../rest.js';
import type { Session } from '../session.js';
import { MISSING, type Parsed, parseArgs, refuseWithFiles } from './arguments.js';
import { refuseCustom } from './built-in.js';
import type { Mapping } from './discovery.js';
import { type FileOptions, noFiles, sourcesOf } from './files.js';
import type { Info } from './info.js';
import { mappingFor } from './mapper.js';
import { refresh } from './refresh.js';
import { visitSources } from './visit-sources.js';

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
  /** Objects are wanted as types that kubectl knows. */
  readonly typed?: boolean;
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

const LOCAL_MISSING = `error: you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

/** Does something with one object. */
export type Visit = (info: Info) => Waiting<void>;

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
    for (const item of page.items) {
      const object = withKind(item, mapping);
      const { name = '', namespace: own = '' } = object.metadata;
      try {
        yield* visit({ mapping, namespace: own, name, object, source: undefined });
      } catch (error) {
        fail(error);
      }
    }
  } while (token !== undefined);
}

/** An item of a list that leaves kinds to the list is given its own, as unstructured lists are read. */
function withKind(item: KubeObject, { kind, group, version }: Mapping): KubeObject {
  return item.kind ? item : { ...item, apiVersion: group === '' ? version : `${group}/${version}`, kind };
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
export function listError(
  error: unknown,
  options: Pick<SelectionOptions, 'selector' | 'fieldSelector'>,
  mapping: ResourceType,
): unknown {
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
        if (options.typed) refuseCustom(info.mapping);
        yield* visit(info);
      } catch (error) {
        fail(error);
      }
    }
  });
  selection.single = infos.length === 1;
  return selection;
}
