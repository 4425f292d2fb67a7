import { isJsonObject } from '../../api/object.js';
import { readYaml } from '../../api/yaml/read.js';
import { decodeText } from '../../kernel/bytes.js';
import { exists } from '../../kernel/libc/exists.js';
import type { Sys } from '../../kernel/sys.js';
import type { Metadata } from '../chart/chart.js';
import { readMetadata, strictProblem } from '../chart/metadata.js';
import { yamlToJsonText } from '../render/manifests.js';
import { Constraint } from '../semver/constraint.js';
import { isStrictVersion, parseVersion } from '../semver/version.js';
import type { Add } from './linter.js';

const FILE = 'Chart.yaml';
const URL_SHAPE = /^[a-z][a-z0-9+.-]*:\/\/[^\s/]+/i;
const MAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is to be said of Chart.yaml. */
export function lintChartFile(sys: Sys, folder: string, add: Add): void {
  const path = `${folder}/${FILE}`;
  if (exists(sys, path) && sys.stat(path).type === 'directory') {
    add('ERROR', FILE, 'should be a file, not a directory');
    return;
  }
  const text = decodeText(sys.readFile(path));
  let metadata: Metadata;
  try {
    metadata = readMetadata(text);
  } catch (error) {
    add('ERROR', FILE, `unable to parse YAML\n\t${yamlToJsonText(error)}`);
    return;
  }
  const strict = strictly(text);
  add('WARNING', FILE, strict === undefined ? undefined : `failed to strictly parse chart metadata file\n\t${strict}`);
  const plain = readYaml(text);
  const fields = isJsonObject(plain) ? plain : {};
  for (const problem of [
    nameProblem(metadata),
    apiVersionProblem(metadata),
    typeProblem(fields, 'version'),
    versionProblem(metadata),
    typeProblem(fields, 'appVersion'),
    maintainerProblem(metadata),
    sourceProblem(metadata),
  ])
    add('ERROR', FILE, problem);
  const { icon = '', version = '' } = metadata;
  add('INFO', FILE, icon === '' ? 'icon is recommended' : undefined);
  add('ERROR', FILE, icon !== '' && !URL_SHAPE.test(icon) ? `invalid icon URL '${icon}'` : undefined);
  for (const problem of v2Problems(metadata)) add('ERROR', FILE, problem);
  add('WARNING', FILE, isStrictVersion(version) ? undefined : `version '${version}' is not a valid SemVerV2`);
}

function strictly(text: string): string | undefined {
  try {
    return strictProblem(text);
  } catch (error) {
    return yamlToJsonText(error);
  }
}

function nameProblem({ name = '' }: Metadata): string | undefined {
  if (name === '') return 'name is required';
  return name.includes('/') ? `chart name ${JSON.stringify(name)} is invalid` : undefined;
}

function apiVersionProblem({ apiVersion = '' }: Metadata): string | undefined {
  if (apiVersion === '') return 'apiVersion is required. The value must be either "v1" or "v2"';
  if (apiVersion === 'v1' || apiVersion === 'v2') return undefined;
  return `apiVersion '${apiVersion}' is not valid. The value must be either "v1" or "v2"`;
}

function typeProblem(fields: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = fields[key];
  if (value === undefined || typeof value === 'string') return undefined;
  const is =
    value === null
      ? '<nil>'
      : typeof value === 'number'
        ? 'float64'
        : typeof value === 'boolean'
          ? 'bool'
          : 'map[string]interface {}';
  return `${key} should be of type string but it's of type ${is}`;
}

function versionProblem({ version = '' }: Metadata): string | undefined {
  if (version === '') return 'version is required';
  const read = parseVersion(version);
  if (!read) return `version '${version}' is not a valid SemVer`;
  const problem = new Constraint('>0.0.0-0').problem(read);
  return problem === undefined ? undefined : `version ${problem}`;
}

function maintainerProblem({ maintainers = [] }: Metadata): string | undefined {
  for (const maintainer of maintainers) {
    if (maintainer === null) return 'a maintainer entry is empty';
    const { name = '', email = '', url = '' } = maintainer;
    if (name === '') return 'each maintainer requires a name';
    if (email !== '' && !MAIL_SHAPE.test(email)) return `invalid email '${email}' for maintainer '${name}'`;
    if (url !== '' && !/^(?:[a-z]+:\/\/)?[\w.-]+\.\w+/i.test(url))
      return `invalid url '${url}' for maintainer '${name}'`;
  }
  return undefined;
}

function sourceProblem({ sources = [] }: Metadata): string | undefined {
  const bad = sources.find((source) => !URL_SHAPE.test(source));
  return bad === undefined ? undefined : `invalid source URL '${bad}'`;
}

function v2Problems({ apiVersion = '', type = '', dependencies = [] }: Metadata): (string | undefined)[] {
  if (apiVersion === 'v2') return [];
  return [
    type === '' ? undefined : `chart type is not valid in apiVersion '${apiVersion}'. It is valid in apiVersion 'v2'`,
    dependencies.length === 0
      ? undefined
      : `dependencies are not valid in the Chart file with apiVersion '${apiVersion}'. They are valid in apiVersion 'v2'`,
  ];
}
