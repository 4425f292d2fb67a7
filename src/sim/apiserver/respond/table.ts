import { ageOf } from '../../api/duration.js';
import { goQuote } from '../../api/go-text.js';
import { type Column, column, type Printer } from '../../api/kinds/kind.js';
import type { KubeObject, ListMeta } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import type { Micros } from '../../kernel/time.js';
import { fromStored, type ServedKind } from '../served-kind.js';
import { partialOf } from './partial.js';

const NAME_COLUMN: Column = {
  name: 'Name',
  type: 'string',
  format: 'name',
  description:
    'Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names',
  priority: 0,
};
const CREATED_COLUMN: Column = {
  name: 'Created At',
  type: 'date',
  format: '',
  description:
    'CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata',
  priority: 0,
};

/** The printer of kinds without columns of their own. */
const PLAIN_PRINTER: Printer = {
  columns: [NAME_COLUMN, CREATED_COLUMN],
  rows: (object) => [{ cells: [object.metadata.name, object.metadata.creationTimestamp ?? null] }],
};

/** The printer of scales, which are no kind that is stored. */
const SCALE_PRINTER: Printer = {
  columns: [
    NAME_COLUMN,
    column('Desired', 'integer', 0, 'autoscaling.v1.ScaleSpec.replicas'),
    column('Available', 'integer', 0, 'autoscaling.v1.ScaleStatus.replicas'),
    column('Age'),
  ],
  rows: (object, now) => {
    const { metadata, spec, status } = object as Scale;
    return [
      { cells: [metadata.name, spec?.replicas ?? 0, status?.replicas ?? 0, ageOf(metadata.creationTimestamp, now)] },
    ];
  },
};

interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number };
  readonly status?: { readonly replicas?: number };
}

/** The table of an object or a list. `include` is None, Metadata or Object. */
export function tableOf(
  kind: ServedKind | undefined,
  object: KubeObject,
  include: string,
  version: string,
  now: Micros,
): object {
  if (include !== 'None' && include !== 'Metadata' && include !== 'Object') {
    const why = `includeObject: Invalid value: ${goQuote(include)}: must be 'Metadata', 'Object', 'None', or empty`;
    throw new StatusError(badRequest(`Unable to convert to Table as requested: ${why}`));
  }
  const list = (object as { items?: KubeObject[] }).items;
  const printer = kind?.printer ?? (object.kind === 'Scale' ? SCALE_PRINTER : PLAIN_PRINTER);
  const items = list && printer.order ? [...list].sort(printer.order) : (list ?? [object]);
  const metadata: ListMeta = list
    ? (object.metadata as ListMeta)
    : object.metadata.resourceVersion === undefined
      ? {}
      : { resourceVersion: object.metadata.resourceVersion };
  return {
    kind: 'Table',
    apiVersion: version,
    metadata,
    columnDefinitions: printer.columns,
    rows: items.flatMap((item) =>
      printer.rows(item, now).map((row) => ({
        ...row,
        object: include === 'None' ? null : embedded(kind, item, include, version),
      })),
    ),
  };
}

/** The whole object as the asked version shows it, or its metadata, which no version has of its own. */
function embedded(kind: ServedKind | undefined, item: KubeObject, include: string, version: string): object {
  return include === 'Object' ? fromStored(kind, item) : partialOf(item, version);
}
