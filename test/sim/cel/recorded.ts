/** Runs an expression the way the recorder did, and writes what came of it in the recording's form. */
import {
  AUTHORIZER,
  authorizerValue,
  baseEnvironment,
  type CelType,
  compile,
  DYN,
  type Environment,
  fromJson,
  fromTypedJson,
  nameDeclaration,
  objectTypesOf,
  RESOURCE_CHECK,
  requestResourceValue,
  type Schema,
  type SizeEstimator,
  schemaDeclaration,
  sizesOf,
  structType,
  typeText,
  type Value,
  type Variables,
} from '../../../src/sim/cel/index.js';
import { typeOf } from '../../../src/sim/cel/run/kinds.js';
import { secondsText, timestampText } from '../../../src/sim/cel/run/times.js';
import { CelList, CelMap, Duration, Optional, Timestamp, TypeValue, Uint } from '../../../src/sim/cel/values.js';
import { NAMESPACE_TYPES, REQUEST_TYPES } from './admission-types.js';

/** What was given to the recorder. */
export interface Input {
  readonly expression: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly schema?: Schema;
  readonly self?: unknown;
  readonly oldSelf?: unknown;
  readonly limit?: number;
}

/** What the server's own compiler and interpreter made of it. */
export interface Output {
  readonly issues?: string;
  readonly type?: string;
  readonly Min?: string;
  readonly Max?: string;
  readonly program?: string;
  readonly value?: unknown;
  readonly error?: string;
  readonly cost?: number;
}

const ask = (question: { verb: string }) => {
  const q = question as Readonly<Record<string, string>> & { serviceAccount?: { namespace: string; name: string } };
  const user = q.serviceAccount
    ? `system:serviceaccount:${q.serviceAccount.namespace}:${q.serviceAccount.name}`
    : 'alice';
  const parts = [q['verb'], q['path'], q['group'], q['resource'], q['subresource'], q['namespace'], q['name']];
  const reason = [user, ...parts.map((part) => part ?? '')].join('|');
  const answer = { allowed: q['verb'] === 'get', reason };
  return q['verb'] === 'error' ? { ...answer, error: 'went wrong' } : answer;
};

let admission: Environment | undefined;

function admissionEnvironment(): Environment {
  admission ??= baseEnvironment().extend({
    variables: {
      object: DYN,
      oldObject: DYN,
      params: DYN,
      request: structType('kubernetes.AdmissionRequest'),
      namespaceObject: structType('kubernetes.Namespace'),
      authorizer: AUTHORIZER,
      'authorizer.requestResource': RESOURCE_CHECK,
    },
    objects: [...REQUEST_TYPES, ...NAMESPACE_TYPES],
  });
  return admission;
}

function schemaEnvironment(schema: Schema): { environment: Environment; sizes: SizeEstimator } {
  const declaration = schemaDeclaration(schema);
  if (!declaration) throw new Error('the schema describes nothing');
  const named = nameDeclaration(declaration, 'selfType');
  const self: CelType = named.type;
  const environment = baseEnvironment().extend({ variables: { self, oldSelf: self }, objects: objectTypesOf(named) });
  return { environment, sizes: sizesOf(named) };
}

function variablesOf({ schema, self, oldSelf, variables = {} }: Input): Variables {
  const values: Record<string, Value> = {};
  if (schema) {
    if (self !== undefined) values['self'] = fromTypedJson(self, schema);
    if (oldSelf !== undefined) values['oldSelf'] = fromTypedJson(oldSelf, schema);
    return values;
  }
  for (const [name, json] of Object.entries(variables)) values[name] = fromJson(json);
  return { ...values, authorizer: authorizerValue(ask), requestResource: requestResourceValue(ask, {}) };
}

/** Compiles and runs. */
export function runRecorded(input: Input): Output {
  const { environment, sizes } = input.schema
    ? schemaEnvironment(input.schema)
    : { environment: admissionEnvironment(), sizes: () => undefined };
  const compiled = compile(input.expression, environment);
  if (compiled.issues !== undefined) return { issues: compiled.issues };
  if (compiled.failure !== undefined) return { program: compiled.failure };
  const { program } = compiled;
  const { min, max } = program.estimateCost(sizes);
  const { value, error, cost } = program.evaluate(variablesOf(input), input.limit);
  const known = { type: typeText(program.outputType), Min: countText(min), Max: countText(max), cost };
  if (error !== undefined) return { ...known, error };
  const shown = shownValue(value);
  return shown === null ? known : { ...known, value: shown };
}

/** Counts of 64 bits end where Go's do. */
function countText(count: number): string {
  return count >= 2 ** 64 ? '18446744073709551615' : String(count);
}

function shownValue(value: Value): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { int: String(value) };
  if (typeof value === 'number') return { double: goDouble(value) };
  if (value instanceof Uint) return { uint: String(value.value) };
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('hex') };
  if (value instanceof Timestamp) return { timestamp: timestampText(value) };
  if (value instanceof Duration) return { duration: secondsText(value.nanos) };
  if (value instanceof Optional)
    return value.value === undefined ? { none: true } : { optional: shownValue(value.value) };
  if (value instanceof TypeValue) return { type: value.type.name };
  if (value instanceof CelList)
    return { list: Array.from({ length: value.size }, (_, at) => shownValue(value.at(at))) };
  if (value instanceof CelMap) {
    const entries = value.keys().map((key) => [shownValue(key), shownValue(value.find(key) ?? null)]);
    return { map: entries.map((entry) => JSON.stringify(entry)).sort() };
  }
  return { other: typeOf(value).name };
}

function goDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
