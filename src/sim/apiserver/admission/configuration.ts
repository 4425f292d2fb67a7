import { goQuote } from '../../api/go-text.js';
import type { JsonObject } from '../../api/object.js';
import { type ErrnoCode, isErrno } from '../../kernel/errno.js';
import { ConfigurationError, type ConfigurationScheme, readStrictly } from '../configuration-file.js';
import type { ReadRemote } from '../outgoing/remote.js';
import type { Admission } from './admission.js';
import { APISERVER_CONFIG_V1, APISERVER_V1ALPHA1 } from './configuration-types.js';

/**
 * Reads a file's text. Throws an error whose message says why it cannot, `open /x: no such file or directory`, and whose
 * cause is the Errno.
 */
export type ReadFile = (path: string) => string;

/** What --admission-control-config-file says. */
export interface AdmissionConfiguration {
  /**
   * The configuration of a plug-in as text, JSON or YAML: what stands in the file itself, or in the one that it names.
   * Undefined when nothing is said about the plug-in. Throws MissingFileError.
   */
  textFor(plugin: string): string | undefined;
  /** Reads a kubeconfig that a plug-in's configuration names. */
  readonly readRemote: ReadRemote;
}

/** A server without such a file. */
export const NO_CONFIGURATION: AdmissionConfiguration = {
  textFor: () => undefined,
  readRemote: (path) => {
    throw new Error(`${path}: nobody names a kubeconfig without a configuration`);
  },
};

/** A plug-in whose configuration can be read but makes no sense: the real server finds that out one step later. */
export class SettingsError extends Error {}

/** A file of a plug-in that is not there: the server ends at once, with a line of its own. */
export class MissingFileError extends Error {}

const SCHEME: ConfigurationScheme = {
  packages: [APISERVER_CONFIG_V1, APISERVER_V1ALPHA1],
  others: [
    'AuthenticationConfiguration',
    'AuthorizationConfiguration',
    'EgressSelectorConfiguration',
    'EncryptionConfiguration',
    'TracingConfiguration',
  ],
};

/** Plug-ins whose own files could be named directly before there was a file for all of them, and how those begin. */
const LEGACY: Readonly<Record<string, string>> = {
  imagePolicy: 'ImagePolicyWebhook',
  podNodeSelectorPluginConfig: 'PodNodeSelector',
};

/** Errors as Go prints their inside, and what it was doing. */
const PATH_ERRORS: Partial<Record<ErrnoCode, readonly [number: string, operation: string]>> = {
  EACCES: ['0xd', 'open'],
  EISDIR: ['0x15', 'read'],
};
const NOT_THERE = ['0x2', 'open'] as const;

interface PluginEntry {
  readonly name: string;
  readonly path: string;
  readonly configuration?: JsonObject;
}

/** Reads the file, and files that it names as plug-ins ask for them. Throws ConfigurationError. */
export function readAdmissionConfiguration(
  path: string,
  readFile: ReadFile,
  readRemote: ReadRemote = NO_CONFIGURATION.readRemote,
): AdmissionConfiguration {
  if (path === '') return NO_CONFIGURATION;
  const text = opened(path, readFile);
  const entries = readEntries(text) ?? Object.values(LEGACY).map((name) => ({ name, path }));
  return {
    readRemote,
    textFor(plugin) {
      const entry = entries.find(({ name }) => name === plugin) as PluginEntry | undefined;
      if (entry?.configuration != null) return JSON.stringify(entry.configuration);
      return entry?.path ? named(absolute(entry.path, path), readFile) : undefined;
    },
  };
}

function opened(path: string, readFile: ReadFile): string {
  try {
    return readFile(path);
  } catch (error) {
    const why = `[${(error as Error).message}]`;
    throw new ConfigurationError(
      `failed to read plugin config: unable to read admission control configuration from "${path}" ${why}`,
    );
  }
}

/** What a plug-in's own file says. */
function named(path: string, readFile: ReadFile): string {
  try {
    return readFile(path);
  } catch (error) {
    const { cause: why } = error as Error;
    const [number, operation] = (isErrno(why) && PATH_ERRORS[why.code]) || NOT_THERE;
    const cause = `&fs.PathError{Op:"${operation}", Path:"${path}", Err:${number}}`;
    throw new MissingFileError(`Couldn't open admission plugin configuration ${path}: ${cause}`);
  }
}

/** What the file lists; undefined for one of a plug-in's own. Throws ConfigurationError. */
function readEntries(text: string): readonly PluginEntry[] | undefined {
  try {
    const { kind, object } = readStrictly(text, SCHEME);
    if (kind !== 'AdmissionConfiguration') throw new ConfigurationError(`unexpected type: *apiserver.${kind}`);
    return (object['plugins'] as PluginEntry[] | undefined) ?? [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    if (error.unknownKind && Object.keys(LEGACY).some((word) => new RegExp(`^ *"?${word}"?:`, 'm').test(text))) {
      return undefined;
    }
    throw new ConfigurationError(`failed to read plugin config: ${error.message}`);
  }
}

/** A relative path begins where the file lies. */
function absolute(path: string, from: string): string {
  if (path.startsWith('/')) return path;
  const parts = [...from.split('/').slice(0, -1), ...path.split('/')].filter((part) => part !== '.' && part !== '');
  const kept: string[] = [];
  for (const part of parts) part === '..' ? kept.pop() : kept.push(part);
  return `/${kept.join('/')}`;
}

/** Makes a plug-in of what the file says about it. Throws ConfigurationError, SettingsError. */
export type ConfiguredPlugin = (text: string | undefined, readRemote: ReadRemote) => Admission;

/** A plug-in as the file wants it. Throws ConfigurationError in the words of a server that cannot start. */
export function configured(
  name: string,
  plugin: ConfiguredPlugin,
  { textFor, readRemote }: AdmissionConfiguration,
): Admission {
  const text = textFor(name);
  try {
    return plugin(text, readRemote);
  } catch (error) {
    if (!(error instanceof ConfigurationError || error instanceof SettingsError)) throw error;
    const what = error instanceof SettingsError ? 'failed to initialize' : "couldn't init";
    throw new ConfigurationError(`${what} admission plugin ${goQuote(name)}: ${error.message}`);
  }
}
