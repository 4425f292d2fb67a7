import { createHash } from 'node:crypto';
import { goJson } from '../../../api/go-text.js';
import type { JsonObject } from '../../../api/object.js';
import { digestOfDescriptions } from '../../../api/schema.js';
import { OPENAPI_VERSION } from '../../../api/version.js';
import { type Bytes, encodeText } from '../../../kernel/bytes.js';
import type { ServedKind } from '../../served-kind.js';
import { generalPaths, groupPaths, versionPaths } from './discovery-paths.js';
import type { GroupVersion, Paths } from './operation.js';
import { pathsOf } from './paths.js';
import { REGISTERED } from './registered-versions.js';
import { schemasFor } from './schemas.js';
import { swagger } from './swagger.js';
import { swaggerMessage } from './swagger-protobuf.js';
import { pathObjects } from './v3.js';

/** A document as it is sent, with a hash that changes with what it says. */
export interface Document {
  readonly body: Bytes;
  readonly hash: string;
}

const SECURITY = {
  BearerToken: { type: 'apiKey', description: 'Bearer Token authentication', name: 'authorization', in: 'header' },
};

/** Documents are large and follow from the kinds alone: each is made when it is first asked for. */
const made = new Map<string, Document>();

/** Where the OpenAPI v3 documents are, in order: one a group version, and one for each path of discovery. */
export function places(kinds: readonly ServedKind[]): string[] {
  const found = new Set(generalPaths().keys());
  for (const { group, version } of kinds) {
    if (group !== '') found.add(`apis/${group}`);
    found.add(placeOf({ group, version }));
  }
  return [...found].sort();
}

/** The hash of the document at one of the places, without making it. */
export function hashAt(kinds: readonly ServedKind[], place: string): string {
  return hashOf(`v3 ${place}`, kindsAt(kinds, place));
}

/** The OpenAPI v3 document at a place; undefined when there is none. */
export function documentAt(kinds: readonly ServedKind[], place: string): Document | undefined {
  if (!places(kinds).includes(place)) return undefined;
  const own = kindsAt(kinds, place);
  return remember(`v3 ${place}`, own, () => encodeText(goJson(document(place, own))));
}

function document(place: string, own: readonly ServedKind[]): JsonObject {
  const [first] = own;
  const paths = pathsAt(place, own);
  const groups = !first || first.group === '' ? [] : [{ group: first.group, version: first.version }];
  const schemas = schemasFor(paths, own, groups);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: OPENAPI_VERSION },
    paths: pathObjects(paths),
    components: { ...(Object.keys(schemas).length > 0 ? { schemas } : {}), securitySchemes: SECURITY },
  };
}

/** The paths of the document at a place: a group version's has kinds, those of discovery have none. */
function pathsAt(place: string, own: readonly ServedKind[]): Paths {
  const [first] = own;
  if (!first) return generalPaths().get(place) ?? groupPaths(place.slice('apis/'.length));
  const paths = versionPaths(first.group, first.version);
  for (const kind of own) for (const [path, operations] of pathsOf(kind)) paths.set(path, operations);
  return paths;
}

/** The one OpenAPI v2 document; its writer leaves `<` and `>` as they are. */
export function swaggerDocument(kinds: readonly ServedKind[]): Document {
  return remember('v2', kinds, () => encodeText(JSON.stringify(wholeSwagger(kinds))));
}

/** The same as the message that kubectl asks for. */
export function swaggerProtobuf(kinds: readonly ServedKind[]): Document {
  return remember('v2 protobuf', kinds, () => swaggerMessage(wholeSwagger(kinds)));
}

function wholeSwagger(kinds: readonly ServedKind[]): JsonObject {
  const paths: Paths = new Map();
  for (const place of places(kinds)) {
    for (const [path, operations] of pathsAt(place, kindsAt(kinds, place))) paths.set(path, operations);
  }
  return swagger(paths, schemasFor(paths, kinds, REGISTERED, 'v2'));
}

function placeOf({ group, version }: GroupVersion): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`;
}

/** The kinds a document tells of: those of its group version. */
function kindsAt(kinds: readonly ServedKind[], place: string): ServedKind[] {
  return kinds.filter((kind) => placeOf(kind) === place);
}

function remember(name: string, kinds: readonly ServedKind[], write: () => Bytes): Document {
  const hash = hashOf(name, kinds);
  let found = made.get(hash);
  if (!found) {
    found = { body: write(), hash };
    made.set(hash, found);
  }
  return found;
}

/** Of what a document is made from: making all of them to have their hashes would take half a second. */
function hashOf(name: string, kinds: readonly ServedKind[]): string {
  const told = kinds.map(({ group, version, kind, plural, namespaced, verbs, subresources, custom }) => {
    const own = custom ? [custom.digest] : [];
    return [group, version, kind, plural, namespaced, verbs, subresources, ...own];
  });
  return createHash('sha512')
    .update(JSON.stringify([OPENAPI_VERSION, digestOfDescriptions(), name, told]))
    .digest('hex')
    .toUpperCase();
}
