/** Operations as OpenAPI documents of both versions tell of them, in no version's words yet. */
import { type FactType, factType, kindType } from '../../../api/facts/fact-types.js';
import { PATCH_TYPE } from '../../../api/facts/opaque-types.js';
import { apiVersionOf, type ServedKind } from '../../served-kind.js';

/** What a body or an answer holds: an object of a type, the patch of one, an object of a kind of a custom resource, or text. */
export interface Content {
  /** The OpenAPI name; undefined for text. */
  readonly name?: string;
  /** Undefined where the type has no fields we know. */
  readonly type?: FactType | undefined;
}

/** A parameter of the path or of the query. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description: string;
  readonly type: 'boolean' | 'integer' | 'string';
}

/** A version of a group. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** A group, a version and a kind, in the order in which documents name them. */
export interface OperationKind extends GroupVersion {
  readonly kind: string;
}

/** One method of a path. */
export interface Operation {
  readonly method: Method;
  readonly description: string;
  readonly id: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly content: Content; readonly required: boolean };
  /** By status code, 401 apart, which all of them have. */
  readonly answers: readonly (readonly [code: number, content: Content])[];
  /** Media types a request may have. */
  readonly consumes: readonly string[];
  /** Media types of the answer, as the server prefers them. */
  readonly types: readonly string[];
  readonly action?: string;
  readonly kind?: OperationKind;
}

/** Methods in the order of documents. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;
export type Method = (typeof METHODS)[number];

/** What documents of both versions say of a status code, 401 apart. */
export const CODE_WORDS: Readonly<Record<number, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

/** Paths with their operations. */
export type Paths = Map<string, Operation[]>;

/** What answers that are no object hold. */
export const TEXT: Content = {};
/** What a patch holds. */
export const PATCH: Content = { name: PATCH_TYPE };

/** An object of a type of ours. */
export function ofType(id: string): Content {
  const type = factType(id);
  if (!type) throw new Error(`no such type: ${id}`);
  return { name: type.openApiName, type };
}

/** An object of a kind, whether we know its fields or not. */
export function ofKind(kind: OperationKind): Content {
  const type = kindType(apiVersionOf(kind), kind.kind);
  return { name: schemaName(kind), type };
}

/** A list of a kind's objects. */
export function listOf(kind: ServedKind): Content {
  const name = kind.custom?.definition.spec.names.listKind ?? `${kind.kind}List`;
  return ofKind({ group: kind.group, version: kind.version, kind: name });
}

/** The name of a kind's schema, as Kubernetes names Go types: `io.k8s.api.apps.v1.Deployment`. */
function schemaName(kind: OperationKind): string {
  const known = kindType(apiVersionOf(kind), kind.kind);
  if (known) return known.openApiName;
  return `${kind.group.split('.').reverse().join('.')}.${kind.version}.${kind.kind}`;
}

/** The words between the verb and the rest of an operation's id, and the tag: `AppsV1`, `apps_v1`. */
export function placeWords(group: string, version: string): { readonly words: string; readonly tag: string } {
  const name = group === '' ? 'core' : group.replace(/\.k8s\.io$/, '');
  const words = capital(camel(name)) + capital(camel(version));
  return {
    words: version === '' ? capital(camel(name)) : words,
    tag: version === '' ? camel(name) : `${camel(name)}_${camel(version)}`,
  };
}

/** What is no letter or digit goes, and the letter behind it becomes a capital. */
function camel(text: string): string {
  return text.replace(/[^\p{L}\d_]+(.?)/gu, (_, next: string) => next.toUpperCase());
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
