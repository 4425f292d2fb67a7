import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type BuiltImage, builtImage, MANIFEST } from './images.js';
import { REGISTRY } from './node-files.js';

/** A registry of images in place of all that there are, by the OCI distribution specification. */
export interface ImageRegistry {
  stop(): Promise<void>;
}

/** Starts it where nodes look for it. What it does not have, it says so of as Docker Hub does. */
export async function startRegistry(): Promise<ImageRegistry> {
  const known = new Map<string, BuiltImage>();
  const server = createServer((request, response) => answer(request, response, known));
  const { hostname, port } = new URL(REGISTRY);
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(Number(port), hostname, done);
  });
  return {
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

/** `known`: images by the digest of anything of theirs. */
function answer(request: IncomingMessage, response: ServerResponse, known: Map<string, BuiltImage>): void {
  const url = new URL(request.url ?? '/', REGISTRY);
  const [, name = '', kind = '', reference = ''] = /^\/v2\/(.+)\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (name === '') return refuse(response, 200, {});
  const image = reference.startsWith('sha256:')
    ? known.get(reference)
    : builtImage(`${url.searchParams.get('ns') ?? 'docker.io'}/${name}`, reference);
  if (!image)
    return refuse(response, 404, { errors: [{ code: kind === 'blobs' ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN' }] });
  const { manifest, config, layer } = image;
  for (const { digest } of [manifest, config, layer]) known.set(digest, image);
  if (kind === 'blobs' && reference === layer.digest) {
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': layer.size });
    createReadStream(layer.path).pipe(response);
    return;
  }
  const { digest, text } = kind === 'blobs' ? config : manifest;
  response.writeHead(200, {
    'content-type': kind === 'blobs' ? 'application/json' : MANIFEST,
    'content-length': Buffer.byteLength(text),
    'docker-content-digest': digest,
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}

function refuse(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
