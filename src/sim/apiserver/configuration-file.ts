import { decodeType } from '../api/decode.js';
import { typeOfPackage } from '../api/facts/fact-types.js';
import type { FactPackage } from '../api/facts/package.js';
import { goQuote } from '../api/go-text.js';
import { isJsonObject, type JsonObject } from '../api/object.js';
import { readYaml, yamlComplaints } from './codecs.js';
import { duplicateFields } from './request/duplicate-fields.js';
import { readJson } from './request/json-body.js';

/** A configuration file that cannot be read; the message is the one of Go's decoder. */
export class ConfigurationError extends Error {
  /** Whether the file names no kind, or one that is not known: for some files that is no refusal yet. */
  readonly unknownKind: boolean;

  constructor(message: string, unknownKind = false) {
    super(message);
    this.unknownKind = unknownKind;
  }
}

/** Kinds that one sort of file may hold: versioned Go types that are not served. */
export interface ConfigurationScheme {
  readonly packages: readonly FactPackage[];
  /** Kind and version of a file that says neither; without it such a file is refused. */
  readonly otherwise?: { readonly apiVersion: string; readonly kind: string };
  /** Kinds of the same versions that are known too, and are none that such a file may hold: they come without object. */
  readonly others?: readonly string[];
}

/** What a file holds. */
export interface Configuration {
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: JsonObject;
  /** What strict decoding finds: unknown fields and those that stand twice. */
  readonly complaints: readonly string[];
}

/** Where the real server registers such kinds; its messages say so. */
const SCHEME = 'pkg/runtime/scheme.go:111';
const HEAD = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** Reads a configuration in YAML or JSON. Throws ConfigurationError for what is refused in any case. */
export function readConfiguration(text: string, scheme: ConfigurationScheme): Configuration {
  const { packages, otherwise, others = [] } = scheme;
  const isJson = /^\s*\{/.test(text);
  const value = readHead(parsed(text, isJson));
  const apiVersion = (value['apiVersion'] as string | undefined) || (otherwise?.apiVersion ?? '');
  const kind = (value['kind'] as string | undefined) || (otherwise?.kind ?? '');
  if (kind === '') throw new ConfigurationError(`Object 'Kind' is missing in '${text}'`, true);
  if (apiVersion === '') {
    throw new ConfigurationError(`Object 'apiVersion' is missing in '${text}'`, true);
  }
  const pack = packages.find(({ group, version }) => (group === '' ? version : `${group}/${version}`) === apiVersion);
  const isKnown = pack?.kinds.split(' ').includes(kind);
  if (!isKnown && apiVersion === otherwise?.apiVersion) return { apiVersion, kind, object: value, complaints: [] };
  if (pack && others.includes(kind)) return { apiVersion, kind, object: {}, complaints: [] };
  if (!pack || !isKnown) {
    const which = `for version ${goQuote(apiVersion)} in scheme ${goQuote(SCHEME)}`;
    throw new ConfigurationError(`no kind ${goQuote(kind)} is registered ${which}`, true);
  }
  const decoded = decodeType(typeOfPackage(pack, kind), value);
  if (decoded.typeError !== undefined) throw new ConfigurationError(decoded.typeError);
  const unknown = new Set(decoded.unknown);
  // A field that nobody knows is not told a second time when it stands there twice.
  const isNews = (told: string): boolean => !unknown.has(told.replace('duplicate', 'unknown'));
  const twice = isJson ? duplicateFields(text).filter(isNews) : yamlComplaints(text);
  return { apiVersion, kind, object: decoded.object, complaints: [...twice, ...unknown] };
}

/** The same, refusing what strict decoding complains of. Throws ConfigurationError. */
export function readStrictly(text: string, scheme: ConfigurationScheme): Configuration {
  const configuration = readConfiguration(text, scheme);
  if (configuration.complaints.length === 0) return configuration;
  throw new ConfigurationError(strictError(configuration.complaints));
}

/** What strict decoding says. */
export function strictError(complaints: readonly string[]): string {
  return `strict decoding error: ${complaints.join(', ')}`;
}

function parsed(text: string, isJson: boolean): unknown {
  try {
    return isJson ? readJson(text) : readYaml(text);
  } catch (error) {
    const { message } = error as Error;
    throw new ConfigurationError(isJson ? headError(message) : message);
  }
}

/** A file has to be an object, and what it says of itself text. An empty one is an empty object. */
function readHead(value: unknown): JsonObject {
  if (value === null || value === undefined) return {};
  if (!isJsonObject(value)) throw new ConfigurationError(headError(`${mismatch(value)} into Go value of type ${HEAD}`));
  for (const field of ['apiVersion', 'kind'] as const) {
    const given = value[field];
    if (given === undefined || given === null || typeof given === 'string') continue;
    throw new ConfigurationError(headError(`${mismatch(given)} into Go struct field .${field} of type string`));
  }
  const parts = typeof value['apiVersion'] === 'string' ? value['apiVersion'].split('/') : [];
  if (parts.length > 2) throw new ConfigurationError(`unexpected GroupVersion string: ${parts.join('/')}`);
  return value;
}

function mismatch(value: unknown): string {
  const found = Array.isArray(value)
    ? 'array'
    : isJsonObject(value)
      ? 'object'
      : typeof value === 'boolean'
        ? 'bool'
        : typeof value;
  return `json: cannot unmarshal ${found}`;
}

function headError(why: string): string {
  return `couldn't get version/kind; json parse error: ${why}`;
}
