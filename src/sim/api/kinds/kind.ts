/** What a kind of the API is: its names, and the strategy by which it is defaulted, validated, changed and printed. */
import type { Micros } from '../../kernel/time.js';
import type { CustomFacts } from '../custom/facts.js';
import { knownType } from '../facts/fact-types.js';
import type { FieldError } from '../field-error.js';
import { unknownFieldLabel } from '../field-selectors.js';
import { deepEqual, type KubeObject, semanticEqual } from '../object.js';
import { describeField } from '../schema.js';
import { validateMeta, validateMetaUpdate } from './meta.js';

/** A verb as discovery lists it. */
export type KindVerb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** What a strategy may know of the request it works for. */
export interface KindContext {
  readonly now: Micros;
  /** `now` as RFC 3339. */
  readonly timestamp: string;
  /** Tells whoever asked something, whatever becomes of the request. */
  warn(text: string): void;
}

/** A column of a printed table; priority 1 shows only in wide output. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  readonly priority: number;
}

/** A printed row; `conditions` mark rows of pods that are over. */
export interface Row {
  readonly cells: readonly unknown[];
  readonly conditions?: readonly object[];
}

/** How `kubectl get` prints a kind; rows hold the wide cells too. */
export interface Printer {
  readonly columns: readonly Column[];
  /** The order of a list's rows, where it is not that of the names. */
  order?(a: KubeObject, b: KubeObject): number;
  rows(object: KubeObject, now: Micros): readonly Row[];
}

/** A subresource other than status, as discovery tells of it. */
export interface SubresourceFacts {
  readonly name: string;
  readonly verbs: readonly string[];
  /** The kind of its body where that is not the parent's. */
  readonly body?: { readonly group: string; readonly version: string; readonly kind: string };
}

/** How objects that are served in one version are kept in another one. */
export interface StoredAs {
  /** The kind whose version is kept. */
  readonly kind: ApiKind;
  /** Makes the kept form of a defaulted object; may change what it is given. */
  toStored(object: KubeObject): KubeObject;
  /** Makes the served form of a kept object, which stays as it is. */
  fromStored(object: KubeObject): KubeObject;
}

/**
 * A stored kind, or a further version of one (`storedAs`, made by `defineServedVersion`): it is decoded and defaulted by
 * its own version, everything after that (admission, strategy, validation, selection, printing) sees the kept form, and
 * answers and watch events are turned back into the version that was asked for. The steps that prepare and default work on an object nobody else holds and may change it; what is
 * named `old` is shared and stays as it is.
 */
export interface ApiKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly KindVerb[];
  readonly subresources: readonly string[];
  readonly subresourceFacts: readonly SubresourceFacts[];
  /** Below `/registry/`: `pods`, `services/specs`, `minions`. */
  readonly storagePrefix: string;
  /** Objects end by themselves after the server's --event-ttl. */
  readonly expires: boolean;
  /** A PUT of a name that is not there creates it. */
  readonly createOnUpdate: boolean;
  /** A PUT without resourceVersion is taken. */
  readonly unconditionalUpdate: boolean;
  /** DELETE answers with the object instead of a Status. */
  readonly returnsDeleted: boolean;
  /** What DELETE does with dependents when nobody says. */
  readonly defaultPropagation: 'Background' | 'Orphan';
  /** What is said to whoever deletes without a word on dependents, where that surprises. */
  readonly orphanWarning?: string | undefined;
  /** Whether a deletion has a grace period: pods. */
  readonly gracefulKind: boolean;
  /** The grace period in seconds of a delete; undefined when the kind goes at once. */
  gracePeriod(object: KubeObject, requested: number | undefined): number | undefined;
  applyDefaults(object: KubeObject): void;
  prepareCreate(object: KubeObject, context: KindContext): void;
  validateCreate(object: KubeObject): FieldError[];
  prepareUpdate(object: KubeObject, old: KubeObject, context: KindContext): void;
  validateUpdate(object: KubeObject, old: KubeObject): FieldError[];
  prepareStatus(object: KubeObject, old: KubeObject, context: KindContext): void;
  validateStatus(object: KubeObject, old: KubeObject): FieldError[];
  warnings(object: KubeObject, old: KubeObject | undefined): string[];
  /** Values of the fields in `fieldLabels`. */
  selectableFields(object: KubeObject): Record<string, string>;
  readonly fieldLabels: readonly string[];
  /** The words that refuse any other field label. */
  fieldLabelError(field: string): string;
  readonly printer?: Printer | undefined;
  /** Set where objects are kept in another version than this one. */
  readonly storedAs?: StoredAs | undefined;
  /** The warning every request for the kind is answered with, where it is going away. */
  readonly deprecation?: string | undefined;
  /** Set where a CustomResourceDefinition describes the kind. */
  readonly custom?: CustomFacts | undefined;
}

/** What must be said of a kind; the rest is as most kinds have it. */
export type KindDefinition = Pick<ApiKind, 'group' | 'version' | 'kind' | 'plural' | 'namespaced'> & Partial<ApiKind>;

/** Every verb a stored kind usually has. */
const ALL_VERBS: readonly KindVerb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

const STATUS: SubresourceFacts = { name: 'status', verbs: ['get', 'patch', 'update'] };

/** Completes a definition with what most kinds have: metadata rules, status kept apart, selection by name and namespace. */
export function defineKind(definition: KindDefinition): ApiKind {
  const { namespaced } = definition;
  const subresourceFacts = definition.subresourceFacts ?? [];
  const validate = (object: KubeObject) => validateMeta(object, namespaced);
  return {
    singular: definition.kind.toLowerCase(),
    shortNames: [],
    categories: [],
    verbs: ALL_VERBS,
    subresources: subresourceFacts.map(({ name }) => name),
    subresourceFacts,
    storagePrefix: definition.plural,
    expires: false,
    createOnUpdate: false,
    unconditionalUpdate: true,
    returnsDeleted: false,
    defaultPropagation: 'Background',
    gracefulKind: false,
    gracePeriod: () => undefined,
    applyDefaults: () => {},
    prepareCreate: () => {},
    validateCreate: validate,
    prepareUpdate: () => {},
    validateUpdate: (object, old) => [...validateMetaUpdate(object, old), ...validate(object)],
    prepareStatus: keepAllButStatus,
    validateStatus: validateMetaUpdate,
    warnings: () => [],
    selectableFields: metadataFields,
    fieldLabels: ['metadata.name', 'metadata.namespace'],
    fieldLabelError: unknownFieldLabel,
    ...definition,
  };
}

/** The status subresource of most kinds, and further ones. */
export function withStatus(...others: readonly SubresourceFacts[]): readonly SubresourceFacts[] {
  return [STATUS, ...others].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** metadata.name and metadata.namespace, by which everything can be selected. */
export function metadataFields({ metadata }: KubeObject): Record<string, string> {
  return { 'metadata.name': metadata.name ?? '', 'metadata.namespace': metadata.namespace ?? '' };
}

/** The words of kinds with a list of field labels of their own. */
export function fieldLabelNotSupported(field: string): string {
  return `field label not supported: ${field}`;
}

/** A write to the status subresource changes the status, and metadata as far as that is allowed. */
export function keepAllButStatus(object: KubeObject, old: KubeObject): void {
  for (const key of Object.keys(object)) if (!(key in old) && key !== 'status') delete object[key];
  for (const key of Object.keys(old)) if (key !== 'status' && key !== 'metadata') object[key] = old[key];
}

/** A write to the object itself leaves the status alone. */
export function keepStatus(object: KubeObject, old: KubeObject): void {
  if (old['status'] === undefined) delete object['status'];
  else object['status'] = old['status'];
}

/** The generation counts changes of what somebody wants; returns whether it went up. */
export function countGeneration(object: KubeObject, old: KubeObject, changed: boolean): void {
  const before = old.metadata.generation ?? 0;
  if (changed) object.metadata.generation = before + 1;
  else if (before > 0) object.metadata.generation = before;
  else delete object.metadata.generation;
}

/** Whether the spec is another one, empty and absent being the same. */
export function specChanged(object: KubeObject, old: KubeObject): boolean {
  return !deepEqual(object['spec'], old['spec']) && !semanticEqual(object['spec'], old['spec']);
}

/** What columns of these names tell of in every table. */
const USUAL_COLUMNS: Readonly<Record<string, string>> = {
  Age: 'meta.v1.ObjectMeta.creationTimestamp',
  Containers: 'Names of each container in the template.',
  Images: 'Images referenced by each container in the template.',
  Name: 'meta.v1.ObjectMeta.name',
};

/** Columns that hold the name of an object, or of a driver. */
const NAME_COLUMNS = ['Name', 'Attacher'];

/**
 * A column with the usual values. `about` says what it shows: in words, or as the field whose description it takes
 * (`apps.v1.ReplicaSetSpec.replicas`), which is looked up only when somebody wants to read it.
 */
export function column(name: string, type = 'string', priority = 0, about = USUAL_COLUMNS[name] ?? ''): Column {
  return {
    name,
    type,
    format: NAME_COLUMNS.includes(name) ? 'name' : '',
    get description() {
      return columnDescription(about);
    },
    priority,
  };
}

function columnDescription(about: string): string {
  const [, id = '', field = ''] = /^([a-z]+\.v\w+\.[A-Z]\w+)\.(\w+)$/.exec(about) ?? [];
  // Tables do not list the values of an enumeration, as the API's description does at its end.
  return id === ''
    ? about
    : describeField(knownType(id), field)
        .replace(/\n\nPossible enum values:[\s\S]*$/, '')
        .replaceAll('\\*', '*');
}
