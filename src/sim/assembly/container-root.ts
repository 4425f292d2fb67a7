import type { ContainerImage, ImageFile } from '../api/container-image.js';
import { FileTree } from '../hosts/file-tree/file-tree.js';
import type { Host } from '../hosts/host.js';
import { executableImage } from '../kernel/executable.js';
import type { Micros } from '../kernel/time.js';
import type { RootSpec } from '../kubelet/runtime-port.js';

/** Layers of images, built once for a machine and shared by all containers of the same image. */
export class ImageLayers {
  private readonly clock: () => Micros;
  private readonly programs: ReadonlyMap<string, unknown>;
  private readonly layers = new Map<string, FileTree>();

  /** `programs` by the name their binaries carry: what this machine cannot run is not in its images. */
  constructor(clock: () => Micros, programs: ReadonlyMap<string, unknown>) {
    this.clock = clock;
    this.programs = programs;
  }

  /** The frozen layer of an image. */
  layer(image: ContainerImage): FileTree {
    let layer = this.layers.get(image.id);
    if (!layer) {
      layer = new FileTree({ clock: this.clock });
      for (const file of image.files()) {
        if (file.program === undefined || this.programs.has(file.program)) putImageFile(layer, file);
      }
      this.layers.set(image.id, layer);
    }
    return layer;
  }
}

/** The group of disks. */
const DISK_GROUP = 6;

/** What a container sees: its image with a layer of its own to write to, the kernel's trees, and its mounts. */
export function containerRoot(host: Host, layers: ImageLayers, spec: RootSpec): FileTree {
  const { image, mounts, processes, settings } = spec;
  const root = FileTree.overlay(layers.layer(image), { clock: host.facts.now, disk: host.newLayer() });
  root.mount('/proc', host.containerProc(processes, settings));
  root.mount('/dev', host.containerDev(processes));
  root.putDirectory('/sys');
  root.mount('/sys/fs/cgroup', host.containerCgroups(spec.cgroup, processes));
  for (const { containerPath, hostPath, readOnly, image: source, device } of mounts) {
    if (device) {
      root.shareBlockDevice(containerPath, host.files, hostPath, { mode: 0o660, group: DISK_GROUP });
      continue;
    }
    root.mount(containerPath, source ? layers.layer(source) : host.files, { readOnly, subPath: hostPath });
  }
  // Last, for mount points that the image lacks are made in the layer.
  if (spec.readOnly) root.sealRoot();
  return root;
}

function putImageFile(tree: FileTree, file: ImageFile): void {
  const meta = {
    ...(file.mode === undefined ? {} : { mode: file.mode }),
    ...(file.owner === undefined ? {} : { owner: file.owner }),
    ...(file.group === undefined ? {} : { group: file.group }),
  };
  if (file.directory) tree.putDirectory(file.path, meta);
  else if (file.link !== undefined) tree.putLink(file.path, file.link, meta);
  else if (file.program !== undefined) tree.put(file.path, executableImage(file.program), { mode: 0o755, ...meta });
  else if (file.lazy) tree.setLazyFile(file.path, file.lazy, meta);
  else tree.put(file.path, file.content ?? '', meta);
}
