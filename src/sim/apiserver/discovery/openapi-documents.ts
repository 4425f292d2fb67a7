import { createHash } from 'node:crypto';
import type { JsonObject } from '../../api/object.js';
import { VERSION_INFO } from '../../api/version.js';
import { type Bytes, encodeText } from '../../kernel/bytes.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { operationsOf } from './openapi-paths.js';
import { swaggerMessage } from './openapi-protobuf.js';
import { schemasOf } from './openapi-schemas.js';
import { swaggerDefinitions, swaggerPaths } from './swagger.js';

/** A document as it is sent, with the hash of what it says. */
export interface Document {
  readonly body: Bytes;
  readonly hash: string;
}

/** Documents are large and follow from the kinds alone: each is made when it is first asked for. */
const made = new Map<string, Document>();

/** The OpenAPI v3 document of one group version. */
export function groupVersionDocument(kinds: readonly ServedKind[]): Document {
  return remember(`v3 ${namesOf(kinds)}`, () => {
    const paths: Record<string, JsonObject> = {};
    for (const kind of kinds) Object.assign(paths, operationsOf(kind));
    return {
      components: {
        schemas: schemasOf(kinds),
        securitySchemes: {
          BearerToken: {
            description: 'Bearer Token authentication',
            in: 'header',
            name: 'authorization',
            type: 'apiKey',
          },
        },
      },
      info: { title: 'Kubernetes', version: VERSION_INFO.gitVersion },
      openapi: '3.0.0',
      paths,
      security: [{ BearerToken: [] }],
    };
  });
}

/** The one OpenAPI v2 document. */
export function swaggerDocument(kinds: readonly ServedKind[]): Document {
  return remember(`v2 ${namesOf(kinds)}`, () => swagger(kinds));
}

/** The same as the message that kubectl asks for. */
export function swaggerProtobuf(kinds: readonly ServedKind[]): Document {
  return remember(`v2 protobuf ${namesOf(kinds)}`, () => swagger(kinds), swaggerMessage);
}

function swagger(kinds: readonly ServedKind[]): JsonObject {
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: VERSION_INFO.gitVersion },
    paths: swaggerPaths(Object.assign({}, ...kinds.map(operationsOf))),
    definitions: swaggerDefinitions(schemasOf(kinds)),
  };
}

function namesOf(kinds: readonly ServedKind[]): string {
  return kinds.map((kind) => `${apiVersionOf(kind)}/${kind.kind}`).join(' ');
}

function remember(
  key: string,
  make: () => JsonObject,
  write: (document: JsonObject) => Bytes = (document) => encodeText(JSON.stringify(document)),
): Document {
  let document = made.get(key);
  if (!document) {
    const body = write(make());
    document = { body, hash: createHash('sha512').update(body).digest('hex').toUpperCase() };
    made.set(key, document);
  }
  return document;
}
