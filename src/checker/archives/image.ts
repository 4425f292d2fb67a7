import { filesInTar } from './tar.js';

/** An image as far as an archive, or a runtime, tells of it. */
export interface ImageFacts {
  readonly tags: readonly string[];
  readonly format?: 'docker' | 'oci';
  readonly layers?: number | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
  /** Its configuration, as the image format has it: `config.User`, `config.Entrypoint`, `architecture`, `history` … */
  readonly config?: unknown;
}

type Files = ReadonlyMap<string, Buffer>;

/** The images of an archive that `docker save`, `podman save` or `ctr images export` made; a reason where it is none. */
export function imagesInArchive(bytes: Uint8Array): readonly ImageFacts[] | string {
  const files = filesInTar(bytes);
  if (!files) return 'it is no tar archive';
  const size = bytes.length;
  // An OCI archive may carry a manifest.json for older programs: what says that it is OCI goes first.
  if (files.has('oci-layout')) return ofOci(files, size);
  if (files.has('manifest.json')) return ofDocker(files, size);
  return 'it holds no image: neither manifest.json nor oci-layout';
}

interface DockerEntry {
  readonly Config: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Layers?: readonly string[];
}

function ofDocker(files: Files, size: number): readonly ImageFacts[] | string {
  const entries = json(files, 'manifest.json') as readonly DockerEntry[] | undefined;
  if (!Array.isArray(entries)) return 'its manifest.json cannot be read';
  return (entries as readonly DockerEntry[]).map(({ Config, RepoTags, Layers }) => ({
    tags: RepoTags ?? [],
    format: 'docker',
    layers: Layers?.length,
    size,
    config: json(files, Config),
  }));
}

interface Descriptor {
  readonly digest: string;
  readonly mediaType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}
interface Manifest {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

function ofOci(files: Files, size: number): readonly ImageFacts[] | string {
  const index = json(files, 'index.json') as Manifest | undefined;
  if (!Array.isArray(index?.manifests)) return 'its index.json cannot be read';
  return (index.manifests as readonly Descriptor[]).map((descriptor) => {
    const manifest = manifestOf(files, descriptor);
    return {
      tags: tagsOf(descriptor),
      format: 'oci',
      layers: manifest?.layers?.length,
      size,
      config: json(files, blobPath(manifest?.config)),
    };
  });
}

/** The manifest a descriptor means; where it means one for each platform, the first that is in the archive. */
function manifestOf(files: Files, descriptor: Descriptor): Manifest | undefined {
  const manifest = json(files, blobPath(descriptor)) as Manifest | undefined;
  const platforms = manifest?.manifests?.flatMap((one) => (json(files, blobPath(one)) as Manifest | undefined) ?? []);
  return platforms ? platforms[0] : manifest;
}

function tagsOf({ annotations }: Descriptor): readonly string[] {
  const tag = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'];
  return tag === undefined ? [] : [tag];
}

function blobPath(descriptor: Descriptor | undefined): string {
  return `blobs/${descriptor?.digest.replace(':', '/')}`;
}

/** A file of JSON; undefined where there is none that can be read. */
function json(files: Files, path: string): unknown {
  try {
    return JSON.parse(String(files.get(path)));
  } catch {
    return undefined;
  }
}
