import type { HttpResponse } from '../../../src/sim/kernel/network.js';
import { type TestServer, testServer } from '../../sim/apiserver/harness.js';
import { SWAGGER } from './asked.js';
import { type OpenApiRecording, readOpenApi, recordedPaths, recordedTypes } from './recording-openapi.js';
import { type Documents, fieldsBelow, kindsOf, schemasAt, shortHash, typeTexts } from './texts.js';

const UTF8 = new TextDecoder();

/** How many of something agree. */
export interface Share {
  readonly equal: number;
  readonly all: number;
  /** What does not. */
  readonly wrong: readonly string[];
}

/** Our server's documents, made as for a client. */
export function ourDocuments(server: TestServer = testServer()): Documents {
  const { paths } = JSON.parse(textOf(server.request({ target: '/openapi/v3' }))) as { paths: Record<string, object> };
  return new Map(
    Object.keys(paths).map((place) => [place, textOf(server.request({ target: `/openapi/v3/${place}` }))] as const),
  );
}

/** The text of an answer. */
export function textOf({ body, object }: HttpResponse): string {
  return object === undefined ? UTF8.decode(body ?? new Uint8Array()) : JSON.stringify(object);
}

/** What agrees with the recording: whole documents, schemas, paths, and per group every field of every kind. */
export interface OpenApiComparison {
  readonly documents: Share;
  readonly schemas: Share;
  readonly paths: Share;
  readonly types: Share;
  /** Fields of the group version's kinds, those of the types within among them. */
  readonly fields: ReadonlyMap<string, Share>;
}

/** Compares our documents with what was recorded of the real server's. */
export function compareOpenApi(documents: Documents, swagger: string, real = readOpenApi()): OpenApiComparison {
  const ours = recordedTypes(typeTexts(documents));
  const hashes = Object.fromEntries(
    [...documents, [SWAGGER, swagger] as const].map(([at, text]) => [at, shortHash(text)]),
  );
  const pick = (types: OpenApiRecording['types'], part: 'text' | 'schema') =>
    Object.fromEntries(Object.entries(types).map(([name, type]) => [name, type[part]]));
  return {
    documents: shareOf(real.documents, hashes),
    schemas: shareOf(pick(real.types, 'schema'), pick(ours, 'schema')),
    types: shareOf(pick(real.types, 'text'), pick(ours, 'text')),
    paths: shareOf(real.paths, recordedPaths(documents)),
    fields: fieldShares(documents, real.types, ours),
  };
}

/** The real ones are counted, and ours that the real server does not have. */
function shareOf(real: Readonly<Record<string, string>>, ours: Readonly<Record<string, string>>): Share {
  const ids = [...new Set([...Object.keys(real), ...Object.keys(ours)])];
  const wrong = ids.filter((id) => real[id] !== ours[id]);
  return { equal: ids.length - wrong.length, all: ids.length, wrong };
}

function fieldShares(
  documents: Documents,
  real: OpenApiRecording['types'],
  ours: OpenApiRecording['types'],
): Map<string, Share> {
  const shares = new Map<string, Share>();
  for (const kind of kindsOf(documents)) {
    const group = kind.id.split(' ')[0] as string;
    const before = shares.get(group) ?? { equal: 0, all: 0, wrong: [] };
    const fields = fieldsBelow(kind, schemasAt(documents, kind.place));
    const wrong = fields.filter(({ type, field }) => real[type]?.fields[field] !== ours[type]?.fields[field]);
    shares.set(group, {
      equal: before.equal + fields.length - wrong.length,
      all: before.all + fields.length,
      wrong: [...before.wrong, ...wrong.map(({ path }) => `${kind.id} ${path}`)],
    });
  }
  return shares;
}
