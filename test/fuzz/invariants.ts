import { isDeepStrictEqual } from 'node:util';
import { decodeKind } from '../../src/sim/api/decode.js';
import type { KubeObject } from '../../src/sim/api/object.js';
import { decodeProtobuf, encodeProtobuf, hasProtobuf } from '../../src/sim/api/protobuf/codec.js';
import { apiVersionOf, type ServedKind } from '../../src/sim/apiserver/served-kind.js';
import { objectOf, storageKey } from '../../src/sim/apiserver/storage/stored-object.js';
import type { TestServer } from '../sim/apiserver/harness.js';

const HEADERS = { authorization: 'Bearer reference-token', 'content-type': 'application/json' };
const UTF8 = new TextDecoder();

/** What is wrong with what is stored, each with the place where. */
export function brokenInvariants(server: TestServer): string[] {
  const problems: string[] = [];
  const uids = new Map<string, string>();
  for (const entry of server.store.range({ prefix: '/registry/' }).entries) {
    const object = objectOf(entry);
    const kind = server.parts.kinds.kind(object.apiVersion, object.kind);
    const tell = (what: string) => problems.push(`${entry.key}: ${what}`);
    if (!kind) {
      // What a custom resource definition brings is of no kind here.
      if (hasProtobuf(object.apiVersion, object.kind)) tell('of a kind that nobody serves');
      continue;
    }
    const { uid = '', namespace = '', name = '' } = object.metadata;
    if (storageKey(kind, namespace, name) !== entry.key) tell('under another key');
    if (uids.has(uid)) tell(`has the uid of ${uids.get(uid)}`);
    uids.set(uid, entry.key);
    if (Number(object.metadata.resourceVersion) !== entry.modRevision) tell('of another version');
    if (entry.createRevision > entry.modRevision) tell('changed before it was made');
    for (const what of formProblems(object)) tell(what);
    for (const what of managerProblems(object)) tell(what);
    for (const what of writeProblems(server, kind, object)) tell(what);
  }
  if (Object.keys(Object.prototype).length > 0) problems.push('every object has a new field');
  return problems;
}

/** JSON and protobuf must give the object back. */
function* formProblems(object: KubeObject): Generator<string> {
  const json = JSON.parse(JSON.stringify(object)) as KubeObject;
  const decoded = decodeKind(json.apiVersion, json.kind, json);
  if (!decoded) return;
  if (decoded.typeError !== undefined) yield decoded.typeError;
  if (decoded.unknown.length > 0) yield decoded.unknown.join(', ');
  if (!isDeepStrictEqual(plain(decoded.object), json)) yield 'JSON reads otherwise';
  const read = plain(decodeProtobuf(encodeProtobuf(object)));
  if (!isDeepStrictEqual(read, withoutInnerKinds(json))) yield 'protobuf reads otherwise';
}

/** What an object within another is, messages do not say: the templates of claims. */
function withoutInnerKinds(object: KubeObject): unknown {
  const spec = object['spec'] as { volumeClaimTemplates?: Partial<KubeObject>[] } | undefined;
  if (object.kind !== 'StatefulSet' || !spec?.volumeClaimTemplates) return object;
  const volumeClaimTemplates = spec.volumeClaimTemplates.map(({ kind: _, apiVersion: __, ...claim }) => claim);
  return { ...object, spec: { ...spec, volumeClaimTemplates } };
}

/** Each manager has one entry. */
function* managerProblems({ metadata }: KubeObject): Generator<string> {
  const names = (metadata.managedFields ?? []).map(({ manager, operation, apiVersion, subresource }) =>
    [manager, operation, apiVersion, subresource].join(' '),
  );
  if (new Set(names).size < names.length) yield 'a manager has two entries';
}

/** Written back as it is, an object must be accepted, and stay as it is. */
function* writeProblems(server: TestServer, kind: ServedKind, object: KubeObject): Generator<string> {
  if (!kind.verbs.includes('update')) return;
  const { namespace = '', name = '' } = object.metadata;
  const scope = kind.namespaced ? `/namespaces/${namespace}` : '';
  const root = `${kind.group === '' ? '/api' : '/apis'}/${apiVersionOf(kind)}${scope}/${kind.plural}`;
  const target = `${root}/${encodeURIComponent(name)}?dryRun=All&fieldValidation=Strict`;
  const body = new TextEncoder().encode(JSON.stringify(object));
  const answer = server.request({ method: 'PUT', target, headers: HEADERS, body });
  const after = JSON.parse(UTF8.decode(answer.body)) as KubeObject & { message?: string };
  if (answer.status !== 200) yield `is not accepted again: ${after.message}`;
  else if (!isDeepStrictEqual(after, plain(object))) yield 'is changed by being written back';
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
