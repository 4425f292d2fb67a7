import { duplicate, type FieldError, invalid, notSupported, printFieldError, required } from '../../api/field-error.js';
import { dns1123Subdomain } from '../../api/names.js';
import { ConfigurationError, type ConfigurationScheme, readStrictly } from '../configuration-file.js';
import { AUTHORIZATION_VERSIONS, type AuthorizerEntry } from './configuration-types.js';
import { type FileProblem, webhookErrors } from './webhook-settings.js';

const SCHEME: ConfigurationScheme = {
  packages: AUTHORIZATION_VERSIONS,
  others: ['AdmissionConfiguration', 'AuthenticationConfiguration', 'EncryptionConfiguration', 'TracingConfiguration'],
};

/** What an authorizer may be, in the order the server names them. */
const TYPES: readonly string[] = ['ABAC', 'AlwaysAllow', 'AlwaysDeny', 'Node', 'RBAC', 'Webhook'];

/**
 * What an AuthorizationConfiguration comes to: its authorizers' modes in their order, or what is wrong with it, in the
 * server's words. `fileProblem` says what keeps a file that is named in it from being read.
 */
export function readAuthorizationConfiguration(
  text: string,
  fileProblem: FileProblem,
): { modes: string[]; problems: string[]; entries?: readonly AuthorizerEntry[] } {
  let entries: readonly AuthorizerEntry[];
  try {
    entries = readEntries(text);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return { modes: [], problems: [`failed to load AuthorizationConfiguration from file: ${error.message}`] };
  }
  const errors = entryErrors(entries, fileProblem).map(printFieldError);
  const problems = [...new Set(errors.length > 0 ? errors : nameProblems(entries))];
  return { modes: entries.map(({ type = '' }) => type), problems, entries };
}

function readEntries(text: string): readonly AuthorizerEntry[] {
  // A file with nothing in it is a configuration with nothing in it, not one without a kind.
  if (text === '') return [];
  const { kind, object } = readStrictly(text, SCHEME);
  if (kind !== 'AuthorizationConfiguration') {
    throw new ConfigurationError(`expected AuthorizationConfiguration, got *apiserver.${kind}`);
  }
  return (object['authorizers'] as AuthorizerEntry[] | null | undefined) ?? [];
}

function entryErrors(entries: readonly AuthorizerEntry[], fileProblem: FileProblem): FieldError[] {
  if (entries.length === 0) return [required('authorizers', 'at least one authorization mode must be defined')];
  const types = new Set<string>();
  const names = new Set<string>();
  return entries.flatMap((entry, index) => {
    const path = `authorizers[${index}]`;
    const { type = '', name = '', webhook } = entry;
    if (type === '') return [required(`${path}.type`)];
    if (!TYPES.includes(type)) return [notSupported(`${path}.type`, type, TYPES)];
    if (types.has(type) && type !== 'Webhook') return [duplicate(`${path}.type`, type)];
    types.add(type);
    const errors = nameErrors(`${path}.name`, name, names);
    names.add(name);
    if (type === 'Webhook') {
      if (!webhook) return [...errors, required(`${path}.webhook`, 'required when type=Webhook')];
      return [...errors, ...webhookErrors(path, webhook, fileProblem)];
    }
    if (!webhook) return errors;
    return [...errors, invalid(`${path}.webhook`, 'non-null', 'may only be specified when type=Webhook')];
  });
}

function nameErrors(path: string, name: string, seen: ReadonlySet<string>): FieldError[] {
  if (name === '') return [required(path)];
  if (seen.has(name)) return [duplicate(path, name)];
  const why = dns1123Subdomain(name);
  return why.length === 0 ? [] : [invalid(path, name, `authorizer name is invalid: ${why.join(', ')}`)];
}

/** Only webhooks are named freely. */
function nameProblems(entries: readonly AuthorizerEntry[]): string[] {
  return entries.flatMap(({ type = '', name = '' }) => {
    const expected = type.toLowerCase();
    if (type === 'Webhook' || name === expected) return [];
    return [`expected name ${expected} for authorizer ${type} instead of ${name}`];
  });
}
