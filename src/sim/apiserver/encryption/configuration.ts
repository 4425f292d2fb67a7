import { aggregateErrors } from '../../api/field-error.js';
import { ConfigurationError, type ConfigurationScheme, readStrictly } from '../configuration-file.js';
import { ENCRYPTION_VERSIONS, type ResourceEntry } from './configuration-types.js';
import { encryptionErrors } from './validation.js';

const SCHEME: ConfigurationScheme = {
  packages: ENCRYPTION_VERSIONS,
  others: [
    'AdmissionConfiguration',
    'AuthenticationConfiguration',
    'AuthorizationConfiguration',
    'TracingConfiguration',
  ],
};

/**
 * The entries of the file that --encryption-provider-config names. Throws ConfigurationError in the server's words;
 * `reload` says whether the file is read again when it changes.
 */
export function readEncryptionConfiguration(text: string, path: string, reload: boolean): readonly ResourceEntry[] {
  const entries = decoded(text, path);
  const errors = encryptionErrors(entries, reload);
  if (errors.length > 0) throw new ConfigurationError(aggregateErrors(errors));
  return entries;
}

function decoded(text: string, path: string): readonly ResourceEntry[] {
  try {
    const { apiVersion, kind, object } = readStrictly(text, SCHEME);
    if (!kind.startsWith('Encryption')) {
      throw new UnexpectedKind(`got unexpected config type: ${apiVersion}, Kind=${kind}`);
    }
    return (object['resources'] as ResourceEntry[] | null | undefined) ?? [];
  } catch (error) {
    if (!(error instanceof ConfigurationError) || error instanceof UnexpectedKind) throw error;
    const where = `encryption provider configuration file ${JSON.stringify(path)}`;
    throw new ConfigurationError(`error decoding ${where}: ${error.message}`);
  }
}

class UnexpectedKind extends ConfigurationError {}
