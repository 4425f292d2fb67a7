/** Paths of discovery, of the version and of the issuer's documents. */
import { type Content, type Operation, ofType, type Paths, placeWords, TEXT } from './operation.js';

const TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf'];
const JSON_TYPE = ['application/json'];

/** Paths that belong to no group, by the place of their document. */
export function generalPaths(): ReadonlyMap<string, Paths> {
  const version = ofType('version.Info');
  return new Map([
    ['.well-known/openid-configuration', issuer()],
    [
      'api',
      only('/api/', get('core', 'getCoreAPIVersions', 'get available API versions', ofType('meta.v1.APIVersions'))),
    ],
    [
      'apis',
      only('/apis/', get('apis', 'getAPIVersions', 'get available API versions', ofType('meta.v1.APIGroupList'))),
    ],
    ['openid/v1/jwks', keys()],
    [
      'version',
      only(
        '/version/',
        get('version', 'getCodeVersion', 'get the version information for this server', version, JSON_TYPE),
      ),
    ],
  ]);
}

/** The path of a group. */
export function groupPaths(group: string): Paths {
  const { words, tag } = placeWords(group, '');
  const content = ofType('meta.v1.APIGroup');
  return only(`/apis/${group}/`, get(tag, `get${words}APIGroup`, 'get information of a group', content));
}

/** The path of a group version, beside those of its resources. */
export function versionPaths(group: string, version: string): Paths {
  const { words, tag } = placeWords(group, version);
  const content = ofType('meta.v1.APIResourceList');
  const path = group === '' ? `/api/${version}/` : `/apis/${group}/${version}/`;
  return only(path, get(tag, `get${words}APIResources`, 'get available resources', content));
}

function issuer(): Paths {
  const words = "get service account issuer OpenID configuration, also known as the 'OIDC discovery doc'";
  const id = 'getServiceAccountIssuerOpenIDConfiguration';
  return only('/.well-known/openid-configuration/', get('WellKnown', id, words, TEXT, JSON_TYPE, []));
}

function keys(): Paths {
  const words = 'get service account issuer OpenID JSON Web Key Set (contains public token verification keys)';
  const id = 'getServiceAccountIssuerOpenIDKeyset';
  return only('/openid/v1/jwks/', get('openid', id, words, TEXT, ['application/jwk-set+json'], []));
}

function only(path: string, operation: Operation): Paths {
  return new Map([[path, [operation]]]);
}

function get(
  tag: string,
  id: string,
  description: string,
  content: Content,
  types: readonly string[] = TYPES,
  consumes = types,
): Operation {
  return { method: 'get', description, id, tag, parameters: [], answers: [[200, content]], consumes, types };
}
