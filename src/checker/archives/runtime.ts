import type { Cluster } from '../../clusters/port.js';
import { UndecidedError } from '../objects.js';
import { lastLine } from '../words.js';
import type { ImageFacts } from './image.js';

/** What keeps images on a host. */
export type Runtime = 'containerd' | 'podman' | 'docker';

const LIST: Readonly<Record<Runtime, readonly string[]>> = {
  containerd: ['crictl', 'images', '-o', 'json'],
  docker: ['docker', 'images', '--format', '{{json .}}', '--no-trunc'],
  podman: ['podman', 'images', '--format', 'json'],
};
const INSPECT: Readonly<Record<Runtime, readonly string[]>> = {
  containerd: ['crictl', 'inspecti', '-o', 'json'],
  docker: ['docker', 'image', 'inspect'],
  podman: ['podman', 'image', 'inspect'],
};

/** The tags and sizes of the images a runtime has. Throws `UndecidedError` where it cannot be asked. */
export async function imagesOf(
  cluster: Cluster,
  host: string,
  runtime: Runtime,
  user: string,
): Promise<readonly ImageFacts[]> {
  const { code, stdout, stderr } = await cluster.run(host, user, LIST[runtime]);
  if (code !== 0)
    throw new UndecidedError(`the images of ${runtime} on ${host} cannot be listed: ${why(code, stderr)}`);
  if (runtime === 'docker') return stdout.split('\n').filter(Boolean).map(ofDocker);
  const parsed: unknown = JSON.parse(stdout || '[]');
  if (runtime === 'podman') return (parsed as readonly PodmanImage[]).map(({ Names, Size }) => facts(Names, Size));
  const { images = [] } = parsed as { images?: readonly CriImage[] };
  return images.map(({ repoTags, size }) => facts(repoTags, size === undefined ? undefined : Number(size)));
}

/** An image's configuration. Throws `UndecidedError` where the runtime cannot tell. */
export async function configOf(
  cluster: Cluster,
  host: string,
  runtime: Runtime,
  user: string,
  tag: string,
): Promise<unknown> {
  const { code, stdout, stderr } = await cluster.run(host, user, [...INSPECT[runtime], tag]);
  if (code !== 0)
    throw new UndecidedError(`${runtime} on ${host} does not tell what is in ${tag}: ${why(code, stderr)}`);
  const parsed: unknown = JSON.parse(stdout);
  if (runtime === 'containerd') return (parsed as { info?: { imageSpec?: unknown } }).info?.imageSpec;
  const [first] = parsed as readonly { Config?: unknown; Architecture?: unknown }[];
  return first && { config: first.Config, architecture: first.Architecture };
}

interface PodmanImage {
  readonly Names?: readonly string[];
  readonly Size?: number;
}
interface CriImage {
  readonly repoTags?: readonly string[];
  readonly size?: string;
}

function facts(tags: readonly string[] | undefined, size: number | undefined): ImageFacts {
  return { tags: tags ?? [], size };
}

function ofDocker(line: string): ImageFacts {
  const { Repository, Tag } = JSON.parse(line) as { Repository: string; Tag: string };
  return { tags: Tag === '<none>' ? [] : [`${Repository}:${Tag}`] };
}

function why(code: number, stderr: string): string {
  return lastLine(stderr) || `exit code ${code}`;
}
