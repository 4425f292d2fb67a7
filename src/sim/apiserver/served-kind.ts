import type { FieldError } from '../api/field-error.js';
import type { KubeObject } from '../api/object.js';
import type { TablePrinter } from './respond/table.js';

/** A verb as discovery lists it. */
export type ApiVerb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** What the strategy of a kind may ask of the request it works for. */
export interface StrategyContext {
  /** Now, in microseconds. */
  readonly now: number;
  /** RFC 3339 time of `now`. */
  readonly timestamp: string;
}

/**
 * A kind as this server serves it: its names, its place in etcd, and its strategy. The strategy's steps work on an
 * object that is not shared yet and may change it; objects named `old` are shared.
 */
export interface ServedKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly ApiVerb[];
  /** Subresources such as `status`, `scale`, `eviction`. */
  readonly subresources: readonly string[];
  /** Below `/registry/`: `pods`, `services/specs`, `minions`. */
  readonly storagePrefix: string;
  /** A PUT of a name that is not there creates it. */
  readonly createOnUpdate: boolean;
  /** A PUT without resourceVersion is taken. */
  readonly unconditionalUpdate: boolean;
  /** DELETE answers with the object instead of a Status. */
  readonly returnsDeleted: boolean;
  /** What DELETE does with dependents when nobody says. */
  readonly defaultPropagation: 'Background' | 'Orphan';
  applyDefaults(object: KubeObject): void;
  prepareCreate(object: KubeObject, context: StrategyContext): void;
  validateCreate(object: KubeObject): FieldError[];
  prepareUpdate(object: KubeObject, old: KubeObject, context: StrategyContext): void;
  validateUpdate(object: KubeObject, old: KubeObject): FieldError[];
  prepareStatus(object: KubeObject, old: KubeObject, context: StrategyContext): void;
  validateStatus(object: KubeObject, old: KubeObject): FieldError[];
  warnings(object: KubeObject, old: KubeObject | undefined): string[];
  /** Field labels that may be selected by, with the object's values. */
  selectableFields(object: KubeObject): Record<string, string>;
  readonly fieldLabels: readonly string[];
  /** The words that refuse another field label. */
  fieldLabelError(field: string): string;
  /** How tables print it; without one, name and creation time. */
  readonly printer?: TablePrinter | undefined;
  /** Whether a deletion under way has a grace period that can be shortened: pods. */
  readonly gracefulKind: boolean;
  /** The grace period in seconds of a delete, or undefined when the kind is deleted at once. */
  gracePeriod(object: KubeObject, requested: number | undefined): number | undefined;
}

/** Tells resources apart: `pods`, `deployments.apps`. */
export function groupResource(kind: ServedKind): { group: string; resource: string } {
  return { group: kind.group, resource: kind.plural };
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<ServedKind, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}
