/** The OpenAPI v2 document as a message of gnostic's `openapi.v2.Document`, the only form in which kubectl reads it. */
import { isJsonObject, type JsonObject } from '../../../api/object.js';
import { MessageWriter } from '../../../api/protobuf/wire.js';
import type { Bytes } from '../../../kernel/bytes.js';

/** What a client accepts that wants this form. */
export const SWAGGER_PROTOBUF = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
/** What the answer calls itself: the `@` of the request is no character of a media type. */
export const SWAGGER_PROTOBUF_SENT = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

const DOCUMENT = { swagger: 1, info: 2, paths: 8, definitions: 9, parameters: 10 } as const;
const NAMED = { name: 1, value: 2 } as const;
const SCHEMA_TEXTS = { $ref: 1, format: 2, title: 3, description: 4, pattern: 13 } as const;
const SCHEMA = { required: 19, additionalProperties: 21, type: 22, items: 23, properties: 25, extension: 31 } as const;
const PATH_METHODS = { get: 2, put: 3, post: 4, delete: 5, patch: 8 } as const;
const OPERATION = { tags: 1, description: 3, operationId: 5, parameters: 8, extension: 13 } as const;
const QUERY = { in: 2, description: 3, name: 4, type: 6 } as const;
const PATH = { in: 2, description: 3, name: 4, type: 5 } as const;
const BODY = { description: 1, name: 2, in: 3 } as const;
const BODY_SCHEMA = 5;

/** Writes a document of JSON, as `swaggerDocument` makes it. */
export function swaggerMessage(document: JsonObject): Bytes {
  const message = new MessageWriter();
  message.bytes(DOCUMENT.swagger, String(document['swagger']));
  const { title, version } = document['info'] as { title: string; version: string };
  message.bytes(
    DOCUMENT.info,
    nested((info) => {
      info.bytes(1, title);
      info.bytes(2, version);
    }),
  );
  message.bytes(
    DOCUMENT.paths,
    nested((paths) => eachNamed(paths, 2, document['paths'], pathItem)),
  );
  message.bytes(
    DOCUMENT.definitions,
    nested((all) => eachNamed(all, 1, document['definitions'], schema)),
  );
  message.bytes(
    DOCUMENT.parameters,
    nested((all) => eachNamed(all, 1, document['parameters'], parameter)),
  );
  return message.finish();
}

function nested(write: (message: MessageWriter) => void): Bytes {
  const message = new MessageWriter();
  write(message);
  return message.finish();
}

/** The entries of an object as pairs of name and message. */
function eachNamed(message: MessageWriter, field: number, object: unknown, write: (value: JsonObject) => Bytes): void {
  for (const [name, value] of Object.entries((object ?? {}) as JsonObject)) {
    const pair = nested((each) => {
      each.bytes(NAMED.name, name);
      each.bytes(NAMED.value, write(value as JsonObject));
    });
    message.bytes(field, pair);
  }
}

/** Fields that begin with `x-` go along as YAML, of which JSON is a part. */
function extensions(message: MessageWriter, field: number, object: JsonObject): void {
  for (const [name, value] of Object.entries(object)) {
    if (!name.startsWith('x-')) continue;
    const any = nested((each) => each.bytes(2, `${JSON.stringify(value)}\n`));
    const pair = nested((each) => {
      each.bytes(NAMED.name, name);
      each.bytes(NAMED.value, any);
    });
    message.bytes(field, pair);
  }
}

function schema(value: JsonObject): Bytes {
  return nested((message) => {
    for (const [name, field] of Object.entries(SCHEMA_TEXTS))
      if (typeof value[name] === 'string') message.bytes(field, value[name]);
    for (const name of (value['required'] ?? []) as string[]) message.bytes(SCHEMA.required, name);
    const more = value['additionalProperties'];
    if (isJsonObject(more))
      message.bytes(
        SCHEMA.additionalProperties,
        nested((each) => each.bytes(1, schema(more))),
      );
    const type = value['type'];
    if (typeof type === 'string')
      message.bytes(
        SCHEMA.type,
        nested((each) => each.bytes(1, type)),
      );
    const items = value['items'];
    if (isJsonObject(items))
      message.bytes(
        SCHEMA.items,
        nested((each) => each.bytes(1, schema(items))),
      );
    if (value['properties'] !== undefined)
      message.bytes(
        SCHEMA.properties,
        nested((all) => eachNamed(all, 1, value['properties'], schema)),
      );
    extensions(message, SCHEMA.extension, value);
  });
}

function pathItem(value: JsonObject): Bytes {
  return nested((message) => {
    for (const [method, field] of Object.entries(PATH_METHODS)) {
      const known = value[method];
      if (isJsonObject(known)) message.bytes(field, operation(known));
    }
  });
}

function operation(value: JsonObject): Bytes {
  return nested((message) => {
    for (const tag of (value['tags'] ?? []) as string[]) message.bytes(OPERATION.tags, tag);
    message.bytes(OPERATION.description, String(value['description'] ?? ''));
    message.bytes(OPERATION.operationId, String(value['operationId'] ?? ''));
    for (const parameter of (value['parameters'] ?? []) as JsonObject[])
      message.bytes(OPERATION.parameters, parameterItem(parameter));
    extensions(message, OPERATION.extension, value);
  });
}

/** One of an operation's parameters: said here, or where all of them are kept. */
function parameterItem(value: JsonObject): Bytes {
  const reference = value['$ref'];
  return nested((message) => {
    if (typeof reference !== 'string') message.bytes(1, parameter(value));
    else
      message.bytes(
        2,
        nested((each) => each.bytes(1, reference)),
      );
  });
}

/** A parameter of the body, of the query or of the path; each has a message of its own. */
function parameter(value: JsonObject): Bytes {
  const place = value['in'];
  const fields = place === 'body' ? BODY : place === 'path' ? PATH : QUERY;
  const said = nested((message) => {
    for (const [name, field] of Object.entries(fields))
      if (typeof value[name] === 'string') message.bytes(field, value[name]);
    const held = value['schema'];
    if (isJsonObject(held))
      message.bytes(
        BODY_SCHEMA,
        nested((each) => each.bytes(1, schema(held))),
      );
  });
  if (place === 'body') return nested((message) => message.bytes(1, said));
  const plain = nested((message) => message.bytes(place === 'path' ? 4 : 3, said));
  return nested((message) => message.bytes(2, plain));
}
