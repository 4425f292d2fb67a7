import { readdirSync, readFileSync } from 'node:fs';
import { loadAll } from 'js-yaml';

/** An object of the API as a test writes it: plain JSON. */
export interface PlainObject {
  apiVersion: string;
  kind: string;
  metadata: { name?: string; generateName?: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** A valid object and where it is posted. */
export interface ValidObject {
  /** `apps/v1 Deployment shop`. */
  readonly id: string;
  readonly object: PlainObject;
  /** `/apis/apps/v1/namespaces/default/deployments`. */
  readonly collection: string;
  /** A review: it is answered, not stored. */
  readonly review: boolean;
}

const FOLDER = new URL('./objects/', import.meta.url);

/** The valid objects of `objects/*.yaml`, in the order of the files and of the documents in them. */
export function validObjects(): readonly ValidObject[] {
  const files = readdirSync(FOLDER).sort();
  return files.flatMap((file) =>
    loadAll(readFileSync(new URL(file, FOLDER), 'utf8')).map((one) => valid(one as PlainObject)),
  );
}

function valid(object: PlainObject): ValidObject {
  const { apiVersion, kind, metadata } = object;
  if (kind === 'CertificateSigningRequest') (object['spec'] as { request: string }).request = SIGNING_REQUEST;
  const root = apiVersion.includes('/') ? '/apis' : '/api';
  const scope = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return {
    id: `${apiVersion} ${kind} ${metadata.name ?? metadata.generateName ?? ''}`.trim(),
    object,
    collection: `${root}/${apiVersion}${scope}/${pluralOf(kind)}`,
    review: kind.endsWith('Review'),
  };
}

/** The resource of a kind: English plurals, as the built-in kinds have them. */
function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  if (word === 'endpoints') return word;
  if (word.endsWith('s')) return `${word}es`;
  return word.endsWith('cy') || word.endsWith('ty') ? `${word.slice(0, -1)}ies` : `${word}s`;
}

/** A PKCS #10 request for CN=ana, O=devs, made once with OpenSSL; its key was thrown away. */
const SIGNING_REQUEST = [
  'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWU1IOENBUUF3SFRFTk1Bc0dBMVVFQ2d3RVpHVjJjekVNTUFv',
  'R0ExVUVBd3dEWVc1aE1Ga3dFd1lIS29aSQp6ajBDQVFZSUtvWkl6ajBEQVFjRFFnQUVDZjBXWWhkcnR3d1pINXpTeGZZbHdvVC9E',
  'bFhiaGtTV3dJVUN1eFBjCmd1aFZMV2I1Vy90d29RRXNRM2NiNEFDanVIc1JBc0s3dEpCMWE3TXE4UjE4cTZBQU1Bb0dDQ3FHU000',
  'OUJBTUMKQTBrQU1FWUNJUUNuVlRaSDVkVVQzWjJRdDlEZy9NZ2szNUh1cXVMUm8zM1VDRnoyKy9uN1BBSWhBTWpJaG5YKwo0TUZJ',
  'UXRHK3hhVjJ5MFVCNUpJQjBaYWp0L05hdlVuNTlKMWcKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVTVC0tLS0tCg==',
].join('');
