import { decodeType } from '../../api/decode.js';
import { type FactField, type FactType, kindType } from '../../api/facts/fact-types.js';
import type { JsonObject, JsonValue, KubeObject } from '../../api/object.js';
import { badRequest, StatusError } from '../../api/status.js';
import type { Waiting } from '../../kernel/wait.js';
import { type AdmissionRequest, mutateAll, validateAll } from '../admission/admission.js';
import { askerOf } from '../request/asker.js';
import type { RequestContext } from '../request/context.js';
import type { ServedKind } from '../served-kind.js';

/** What a request says of its connection: fields of PodExecOptions, PodPortForwardOptions and their like. */
export interface ConnectOptions {
  readonly stdin?: boolean;
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly tty?: boolean;
  readonly container?: string;
  readonly command?: readonly string[] | null;
  readonly ports?: readonly number[];
  readonly path?: string;
}

/** Words of a query that stand for no; anything else, nothing at all among it, is a yes. */
const NO: readonly string[] = ['false', '0'];

/**
 * Reads what a connection is to be and has admission look at it, before anybody looks whether there is something to
 * connect to (ConnectResource). Gives what admission made of it. `path` stands behind the subresource of a proxy.
 */
export function* admitConnection(context: RequestContext, kind: ServedKind, path = ''): Waiting<ConnectOptions> {
  const { info, query, parts } = context;
  if (query.getAll('dryRun').some((value) => value !== ''))
    throw new StatusError(badRequest('dryRun is not supported'));
  const options = readOptions(context, kind, path);
  const admission: AdmissionRequest = {
    ...askerOf(context),
    store: yield* parts.etcd.store('read'),
    operation: 'CONNECT',
    kind,
    subresource: info.subresource,
    namespace: info.namespace,
    name: info.name,
    object: options,
    old: undefined,
    dryRun: false,
  };
  yield* mutateAll(parts.admission, admission);
  yield* validateAll(parts.admission, admission);
  return admission.object as ConnectOptions;
}

function readOptions({ info, query }: RequestContext, served: ServedKind, path: string): KubeObject {
  const body = served.subresourceFacts.find(({ name }) => name === info.subresource)?.body;
  const type = body && kindType(body.version, body.kind);
  if (!type) throw new Error(`${served.plural}/${info.subresource} has no options`);
  const given: JsonObject = { kind: body.kind, apiVersion: body.version, ...fieldsIn(type, query) };
  if (type.byName.has('path')) given['path'] = path;
  return decodeType(type, given).object as unknown as KubeObject;
}

function fieldsIn(type: FactType, query: URLSearchParams): JsonObject {
  const fields: JsonObject = {};
  for (const [name, field] of type.byName) {
    const values = query.getAll(name);
    if (values.length > 0 && name !== 'kind' && name !== 'apiVersion') fields[name] = fieldValue(field, values);
  }
  return fields;
}

function fieldValue({ type }: FactField, values: readonly string[]): JsonValue {
  if (type.kind === 'bool') return !NO.includes(values[0] ?? '');
  if (type.kind !== 'list') return values[0] ?? '';
  return type.item?.kind === 'int32' ? values.map(readNumber) : [...values];
}

function readNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const why = `strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`;
  throw new StatusError(badRequest(`cannot convert to []int32: ${why}`));
}
