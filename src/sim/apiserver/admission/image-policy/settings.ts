import { decodeType } from '../../../api/decode.js';
import { formatDuration } from '../../../api/duration.js';
import { typeOfPackage } from '../../../api/facts/fact-types.js';
import type { FactPackage } from '../../../api/facts/package.js';
import { isJsonObject } from '../../../api/object.js';
import { JsonError, readJson } from '../../../api/yaml/json-reader.js';
import { MILLISECOND, MINUTE, type Micros, SECOND } from '../../../kernel/time.js';
import { readYaml } from '../../codecs.js';
import { ConfigurationError } from '../../configuration-file.js';

/** What the plug-in is told. */
export interface ImagePolicySettings {
  readonly kubeConfigFile: string;
  /** How long answers are kept; 0 for not at all. */
  readonly allowTtl: Micros;
  readonly denyTtl: Micros;
  /** The pause after a first try that failed. */
  readonly retryBackoff: Micros;
  /** Whether images pass of which nobody says anything. */
  readonly defaultAllow: boolean;
}

/** Its file is of no version; these are the types it is read by. */
const TYPES: FactPackage = {
  id: 'imagepolicy',
  group: 'imagepolicy.config',
  version: 'v1',
  prefix: '',
  kinds: 'AdmissionConfig',
  types: `
AdmissionConfig imagePolicy:0:@imagePolicyWebhookConfig:
imagePolicyWebhookConfig kubeConfigFile:0:s: allowTTL:0:l~time.Duration: denyTTL:0:l~time.Duration: retryBackoff:0:l~time.Duration: defaultAllow:0:b:
`,
};

interface Given {
  readonly kubeConfigFile?: string;
  readonly allowTTL?: number;
  readonly denyTTL?: number;
  readonly retryBackoff?: number;
  readonly defaultAllow?: boolean;
}

/** One span of the file: in which unit it is given, what it may be and what it is without a word. */
interface Span {
  readonly unit: Micros;
  readonly longest: Micros;
  readonly shortest: Micros;
  readonly usual: Micros;
}

const RETRY: Span = { unit: MILLISECOND, shortest: 0, longest: 5 * MINUTE, usual: 500 * MILLISECOND };
const ALLOW: Span = { unit: SECOND, shortest: SECOND, longest: 30 * MINUTE, usual: 5 * MINUTE };
const DENY: Span = { ...ALLOW, usual: 30 * SECOND };
/** Stands for none at all. */
const OFF = -1;

/** Reads what the plug-in's configuration says. Throws ConfigurationError. */
export function readSettings(text: string | undefined): ImagePolicySettings {
  if (text === undefined) throw new ConfigurationError('no config specified');
  const given = decoded(text);
  return {
    retryBackoff: spanOf(given.retryBackoff, RETRY),
    allowTtl: spanOf(given.allowTTL, ALLOW),
    denyTtl: spanOf(given.denyTTL, DENY),
    kubeConfigFile: given.kubeConfigFile ?? '',
    defaultAllow: given.defaultAllow ?? false,
  };
}

function decoded(text: string): Given {
  if (text.trim() === '') throw new ConfigurationError('EOF');
  const value = parsed(text);
  const { object, typeError } = decodeType(typeOfPackage(TYPES, 'AdmissionConfig'), textual(value));
  if (typeError !== undefined) throw new ConfigurationError(typeError);
  return (object['imagePolicy'] ?? {}) as Given;
}

function parsed(text: string): unknown {
  const isJson = /^\s*\{/.test(text);
  try {
    return isJson ? readJson(text) : readYaml(text);
  } catch (error) {
    if (isJson && error instanceof JsonError) {
      throw new ConfigurationError(`json: offset ${error.offset}: ${error.message}`);
    }
    throw new ConfigurationError(`error converting YAML to JSON: ${(error as Error).message}`);
  }
}

/** A number where a text is wanted is one: what does not fit as JSON is read as YAML once more. */
function textual(value: unknown): unknown {
  if (!isJsonObject(value) || !isJsonObject(value['imagePolicy'])) return value;
  const { kubeConfigFile, ...others } = value['imagePolicy'];
  if (typeof kubeConfigFile !== 'number' && typeof kubeConfigFile !== 'boolean') return value;
  return { ...value, imagePolicy: { ...others, kubeConfigFile: String(kubeConfigFile) } };
}

/** Zero stands for what is usual. */
function spanOf(given: number | undefined, { unit, shortest, longest, usual }: Span): Micros {
  if (given === OFF) return 0;
  if (!given) return usual;
  const span = given * unit;
  if (span >= Math.max(shortest, 1) && span <= longest) return span;
  const [from, to, got] = [
    shortest === 0 ? '1ns' : formatDuration(shortest),
    formatDuration(longest),
    formatDuration(span),
  ];
  throw new ConfigurationError(`valid value is between ${from} and ${to}, got ${got}`);
}
