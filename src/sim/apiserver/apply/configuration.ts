import { decodeKind } from '../../api/decode.js';
import type { FactType } from '../../api/facts/fact-types.js';
import { rootOf } from '../../api/managed-fields/structure.js';
import { typeProblems } from '../../api/managed-fields/validate-values.js';
import { deepCopy, isJsonObject, type JsonObject, type KubeObject } from '../../api/object.js';
import { badRequest, StatusError, unnamedError } from '../../api/status.js';
import { decodeText } from '../../kernel/bytes.js';
import { readYaml } from '../codecs.js';
import { limitedBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';

/** The configuration in an apply's body, as it was sent: only what it names is in it. Throws 400, 500. */
export function readConfiguration(context: RequestContext, kind: ServedKind, type: FactType): JsonObject {
  context.audit?.sentPatch(context.request);
  const config = readBody(context);
  const [apiVersion, name] = [textOf(config['apiVersion']), textOf(config['kind'])];
  if (apiVersion !== apiVersionOf(kind) || name !== kind.kind) {
    throw new StatusError(badRequest(`invalid object type: ${kindText(apiVersion, name)}`));
  }
  // Null is as good as nothing.
  config['metadata'] ??= {};
  const { metadata } = config;
  if (isJsonObject(metadata) && Array.isArray(metadata['managedFields'])) {
    throw new StatusError(badRequest('metadata.managedFields must be nil'));
  }
  const problems = typeProblems(rootOf(type), config, 'refused');
  if (problems)
    throw new StatusError(unnamedError(`failed to create typed patch object (${subject(config)}): ${problems}`));
  return config;
}

/** How messages name an object: `default/web; apps/v1, Kind=Deployment`. */
function subject(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const name = `${textOf(metadata['namespace'])}/${textOf(metadata['name'])}`;
  return `${name}; ${kindText(textOf(object['apiVersion']), textOf(object['kind']))}`;
}

/** Throws 500 for values that fit the schema and not the type: fractions, and what is neither number nor text. */
export function refuseUnconvertible(object: KubeObject, config: JsonObject): void {
  const wrong = decodeKind(object.apiVersion, object.kind, object)?.typeError;
  if (!wrong) return;
  const type = / of type (\S+)$/.exec(wrong)?.[1] ?? '';
  const why = wrong.startsWith('json: cannot unmarshal number ')
    ? `cannot convert float64 to ${type}`
    : wrong.replace(/into Go struct field \S+ of type/, 'into Go value of type');
  const kind = kindText(object.apiVersion, object.kind);
  const what = `unable to convert unstructured object to ${kind}: ${why}`;
  throw new StatusError(unnamedError(`failed to convert new object (${subject(config)}) to proper version: ${what}`));
}

function kindText(apiVersion: string, kind: string): string {
  return `${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Kind=${kind}`;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readBody({ request }: RequestContext): JsonObject {
  if (request.object !== undefined) return deepCopy(request.object as JsonObject);
  const bytes = limitedBody(request.body);
  let value: unknown;
  try {
    value = readYaml(decodeText(bytes));
  } catch (error) {
    const why = `error converting YAML to JSON: ${(error as Error).message}`;
    throw new StatusError(badRequest(`error decoding YAML: ${why}`));
  }
  if (isJsonObject(value)) return value;
  if (value === null || value === undefined) return {};
  const type = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value;
  const why = `json: cannot unmarshal ${type} into Go value of type map[string]interface {}`;
  throw new StatusError(badRequest(`error decoding YAML: error unmarshaling JSON: while decoding JSON: ${why}`));
}
