/** Parameters that the v2 document keeps in one place, each under a name with a hash of what is said of it. */
import { goJson } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import { encodeText } from '../../../kernel/bytes.js';
import type { Content, Operation, Parameter, Paths } from './operation.js';

const MACHINERY = 'io.k8s.apimachinery';
/** Clients look into an operation itself for these. */
const STAY = new Set(['name', 'fieldValidation', 'dryRun']);

/** The parameters that are kept apart, and what stands where one is used. */
export interface SharedParameters {
  readonly definitions: JsonObject;
  /** The parameter itself, or a reference to where it is kept. */
  of(parameter: JsonObject): JsonObject;
}

/** Gathers the parameters of all operations. */
export function sharedNames(paths: Paths): SharedParameters {
  const names = new Map<string, string>();
  const definitions = new Map<string, JsonObject>();
  const gather = (parameter: JsonObject) => {
    const text = goJson(parameter);
    if (names.has(text)) return;
    const name = `${parameter['name']}-${shortHash(text)}`;
    names.set(text, name);
    definitions.set(name, parameter);
  };
  for (const operation of [...paths.values()].flat()) {
    for (const parameter of operation.parameters) if (!STAY.has(parameter.name)) gather(parameterObject(parameter));
    if (operation.body && isMachinery(operation.body.content)) gather(bodyParameter(operation.body));
  }
  return {
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
    of: (parameter) => {
      const name = names.get(goJson(parameter));
      return name === undefined ? parameter : { $ref: `#/parameters/${name}` };
    },
  };
}

/** What is sent along, as a parameter. */
export function bodyParameter({ content, required }: NonNullable<Operation['body']>): JsonObject {
  const schema = { $ref: `#/definitions/${content.name}` };
  return { name: 'body', in: 'body', ...(required ? { required } : {}), schema };
}

/** A parameter in the words of v2, which says its type beside the rest. */
export function parameterObject({ name, in: place, description, type }: Parameter): JsonObject {
  return { uniqueItems: true, type, description, name, in: place, ...(place === 'path' ? { required: true } : {}) };
}

/** Bodies of one kind's operations alone stay with them. */
function isMachinery({ name }: Content): boolean {
  return name?.startsWith(MACHINERY) ?? false;
}

/** The first six bytes of FNV-1, 64 bits, as base64 for addresses. */
function shortHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of encodeText(text)) hash = BigInt.asUintN(64, hash * 0x100000001b3n) ^ BigInt(byte);
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(hash);
  return bytes.subarray(0, 6).toString('base64url');
}
