/** The file of --authentication-config: who may come without a name. */
import { isJsonObject, type JsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import type { Sys } from '../../kernel/sys.js';
import { readText, StartError } from './files.js';
import type { Flags } from './flags.js';

const FLAG = 'authentication-config';
const KIND = 'AuthenticationConfiguration';
const VERSION = /^apiserver\.config\.k8s\.io\/(?:v1|v1beta1|v1alpha1)$/;

/** Whether nobody is let in, and to which paths alone; undefined: to all. */
interface AnonymousAccess {
  readonly enabled: boolean;
  readonly paths?: readonly string[];
}

/** What the file says of nobody; undefined without a file, or where it says nothing. Throws `StartError`. */
export function readAnonymous(sys: Pick<Sys, 'readFile'>, flags: Flags): AnonymousAccess | undefined {
  const path = flags.text(FLAG);
  if (path === '') return undefined;
  const { anonymous, jwt } = readFile(sys, path);
  if (Array.isArray(jwt) && jwt.length > 0) {
    throw new StartError(`jwt authenticators of --${FLAG} are not part of this simulation (${path})`);
  }
  if (!isJsonObject(anonymous)) return undefined;
  if (flags.has('anonymous-auth')) {
    const why =
      '--anonymous-auth flag cannot be set when anonymous field is configured in authentication configuration file';
    throw new StartError(`anonymous: Forbidden: ${why}`);
  }
  const enabled = anonymous['enabled'] === true;
  const conditions = Array.isArray(anonymous['conditions']) ? anonymous['conditions'].filter(isJsonObject) : [];
  const paths = conditions.map((one) => String(one['path'] ?? ''));
  if (!enabled && paths.length > 0) {
    const given = `[${paths.map((one) => `{"path":${JSON.stringify(one)}}`).join(',')}]`;
    const why = `anonymous.conditions: Invalid value: ${given}: enabled should be set to true when conditions are defined`;
    throw new StartError(`invalid authentication configuration: ${why}`);
  }
  return paths.length > 0 ? { enabled, paths } : { enabled };
}

function readFile(sys: Pick<Sys, 'readFile'>, path: string): JsonObject {
  try {
    const value = readYaml(readText(sys, path));
    if (value === null) return {};
    if (!isJsonObject(value) || !value['kind']) throw new StartError(`Object 'Kind' is missing`);
    const { kind, apiVersion } = value;
    if (kind === KIND && VERSION.test(String(apiVersion))) return value;
    throw new StartError(
      `no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`failed to load authentication configuration from file ${JSON.stringify(path)}: ${why}`);
  }
}
