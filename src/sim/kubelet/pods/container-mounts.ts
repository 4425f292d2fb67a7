import type { CriMount } from '../../api/types/cri.js';
import type { Container, Pod } from '../../api/types/pod.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Waiting } from '../../kernel/wait.js';
import type { KubeletContext } from '../context.js';
import { podDirectory } from './container-config.js';
import { podDomain, podHostname, podHostsFile } from './dns.js';
import { ContainerConfigError } from './environment.js';
import { makeFolders, readText } from './host-files.js';
import type { ImagePuller } from './image-pull.js';

/**
 * All that is mounted into a container: its volumes, and what kubelet adds. `images` are the ids of images that are
 * volumes, by the volumes' names. Throws `ContainerConfigError`.
 */
export function containerMounts(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  podIPs: readonly string[],
  variables: ReadonlyMap<string, string>,
  images: ReadonlyMap<string, string>,
): CriMount[] {
  return [
    ...volumeMounts(context, pod, container, variables, images),
    ...managedMounts(context, pod, container, podIPs),
  ];
}

function volumeMounts(
  context: KubeletContext,
  pod: Pod,
  container: Container,
  variables: ReadonlyMap<string, string>,
  images: ReadonlyMap<string, string>,
): CriMount[] {
  try {
    return context.volumes.mounts(pod, container, variables).map(({ imageVolume, ...mount }) => {
      const image = imageVolume === undefined ? undefined : images.get(imageVolume);
      return image === undefined ? mount : { ...mount, image };
    });
  } catch (error) {
    if (!(error instanceof Error) || isErrno(error)) throw error;
    throw new ContainerConfigError(error.message);
  }
}

/** What kubelet itself puts into every container: /etc/hosts, and a place for its last words. */
function managedMounts(context: KubeletContext, pod: Pod, container: Container, podIPs: readonly string[]): CriMount[] {
  const { sys } = context;
  const folder = podDirectory(pod);
  const mounts: CriMount[] = [];
  const mounted = new Set((container.volumeMounts ?? []).map(({ mountPath }) => mountPath));
  if (!mounted.has('/etc/hosts')) {
    const host = pod.spec.hostNetwork ? readText(context, '/etc/hosts') : '';
    const text = podHostsFile(pod, podIPs, podHostname(pod), podDomain(pod, context.config.clusterDomain), host);
    sys.writeFile(`${folder}/etc-hosts`, text, 0o644);
    mounts.push({ containerPath: '/etc/hosts', hostPath: `${folder}/etc-hosts`, readOnly: false });
  }
  // These two are the runtime's own, and read-only where the root is.
  const readOnly = container.securityContext?.readOnlyRootFilesystem ?? false;
  for (const name of ['resolv.conf', 'hostname'])
    if (!mounted.has(`/etc/${name}`))
      mounts.push({ containerPath: `/etc/${name}`, hostPath: `${folder}/${name}`, readOnly });
  const log = `${folder}/containers/${container.name}`;
  makeFolders(context, log);
  const id = Buffer.from(sys.random().fork(`${pod.metadata.uid}/${container.name}/${sys.now()}`).bytes(4)).toString(
    'hex',
  );
  sys.writeFile(`${log}/${id}`, '', 0o666);
  sys.changeMode(`${log}/${id}`, 0o666);
  const containerPath = container.terminationMessagePath || '/dev/termination-log';
  mounts.push({ containerPath, hostPath: `${log}/${id}`, readOnly: false });
  return mounts;
}

/** Pulls the images that a container mounts as volumes; their ids by the volumes' names. Throws `ImageError`. */
export function* imageVolumes(
  puller: ImagePuller,
  pod: Pod,
  { volumeMounts: mounts = [] }: Container,
): Waiting<ReadonlyMap<string, string>> {
  const images = new Map<string, string>();
  for (const { name } of mounts) {
    const source = pod.spec.volumes?.find((volume) => volume.name === name)?.image;
    if (!source || images.has(name)) continue;
    const { reference: image = '', pullPolicy } = source;
    const asked = { name, image, ...(pullPolicy ? { imagePullPolicy: pullPolicy } : {}) };
    images.set(name, (yield* puller.ensure(pod, asked, pod)).id);
  }
  return images;
}

/** The text of a file in one of a pod's volumes. Throws an Error in kubelet's words. */
export function volumeFile(
  context: KubeletContext,
  pod: Pod,
  volume: string,
  path: string,
): { path: string; text: string } {
  const folder = context.volumes.pathOf(pod, volume);
  if (folder === undefined)
    throw new Error(`cannot find the volume ${JSON.stringify(volume)} referenced by FileKeyRef`);
  const file = `${folder}/${path}`;
  try {
    return { path: file, text: decodeText(context.sys.readFile(file)) };
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Error("couldn't parse env file");
  }
}
