import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/sim/api/object.js';
import { decodeProtobuf, encodeProtobuf } from '../../../src/sim/api/protobuf/codec.js';
import { printYaml } from '../../../src/sim/api/yaml/print.js';
import { readYaml } from '../../../src/sim/api/yaml/read.js';
import { ourServer } from '../../reference/our-server.js';
import { storedObjects } from '../../reference/requests.js';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';
const AUTHORIZATION = 'Bearer reference-token';
const UTF8 = new TextDecoder();
const BYTES = new TextEncoder();
/** UIDs, and names of volumes for tokens. */
const DRAWN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|kube-api-access-[a-z0-9]{5}/g;
const server = ourServer();

function send(method: string, target: string, type: string, body?: Uint8Array, accept = 'application/json') {
  const headers = { authorization: AUTHORIZATION, 'content-type': type, accept };
  const answer = server.request({ method, target, headers, ...(body ? { body } : {}) });
  return { status: answer.status, body: answer.body ?? new Uint8Array() };
}

/** What differs from one creation to the next is taken away. */
function created(type: string, target: string, body: Uint8Array): unknown {
  const answer = send('POST', `${target}?dryRun=All`, type, body);
  const text = UTF8.decode(answer.body).replaceAll(DRAWN, 'DRAWN');
  const { metadata, ...object } = JSON.parse(text) as { metadata: JsonObject };
  expect(answer.status, text).toBe(201);
  const { uid: _, creationTimestamp: __, managedFields: ___, ...kept } = metadata;
  return { ...object, metadata: kept };
}

describe('every kind, in every media type', () => {
  test.each(storedObjects().map((valid) => [valid.id, valid] as const))('%s', (_, { object, collection }) => {
    const json = BYTES.encode(JSON.stringify(object));
    const fromJson = created('application/json', collection, json);
    // Addresses are drawn anew.
    if (object.kind !== 'Service') {
      expect(created('application/yaml', collection, BYTES.encode(printYaml(object)))).toEqual(fromJson);
      expect(created(PROTOBUF, collection, encodeProtobuf(object))).toEqual(fromJson);
    }
    expect(send('POST', collection, PROTOBUF, encodeProtobuf(object)).status).toBe(201);
    const target = `${collection}/${object.metadata.name}`;
    const read = (accept: string) => send('GET', target, 'application/json', undefined, accept);
    const stored = JSON.parse(UTF8.decode(read('application/json').body)) as JsonObject;
    expect(readYaml(UTF8.decode(read('application/yaml').body))).toEqual(stored);
    const message = JSON.parse(JSON.stringify(decodeProtobuf(read(PROTOBUF).body))) as JsonObject;
    // Messages do not say what an object within another is.
    if (object.kind !== 'StatefulSet') expect(message).toEqual(stored);
    expect(read('application/cbor').status).toBe(406);
  });
});
