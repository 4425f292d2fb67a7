/** What OpenAPI documents say of custom kinds: recorded, and compared with ours. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { GADGETS, WIDGETS } from './definitions.js';

const FILE = new URL('../recorded/custom-documents.json.br', import.meta.url);
const GROUP = 'shop.example.com';

/** Kinds that documents tell of. */
export const DOCUMENTED = [WIDGETS, GADGETS];

/** The documents of the newer kind. */
export const PLACES: readonly string[] = ['v1', 'v1beta1', 'v2'].map(
  (version) => `/openapi/v3/apis/${GROUP}/${version}`,
);

/** Whole documents of the newer kind by place; of the older one what concerns the group. */
export type CustomDocuments = Readonly<Record<string, unknown>>;

interface Swagger {
  readonly paths: Readonly<Record<string, unknown>>;
  readonly definitions: Readonly<Record<string, unknown>>;
}

/** What the older document says of the group. */
export function ofGroup(swagger: string): unknown {
  const { paths, definitions } = JSON.parse(swagger) as Swagger;
  const only = (all: Readonly<Record<string, unknown>>, part: string) =>
    Object.fromEntries(Object.entries(all).filter(([name]) => name.includes(part)));
  return { paths: only(paths, GROUP), definitions: only(definitions, 'com.example.shop') };
}

/** Reads the recording. */
export function readDocuments(): CustomDocuments {
  if (!existsSync(FILE)) throw new Error(`${FILE.pathname} is not there: record-documents.ts makes it`);
  return JSON.parse(brotliDecompressSync(readFileSync(FILE)).toString('utf8')) as CustomDocuments;
}

/** Writes the recording. */
export function writeDocuments(documents: CustomDocuments): void {
  writeFileSync(FILE, brotliCompressSync(JSON.stringify(documents)));
}
