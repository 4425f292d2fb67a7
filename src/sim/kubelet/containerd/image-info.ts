import type { ContainerImage } from '../../api/container-image.js';

/** What containerd tells of an image to who wants all: its configuration as the OCI image-spec words it. */
export function imageInfo({ id, config }: ContainerImage): unknown {
  const { entrypoint, command, environment, workingDirectory, user, stopSignal, ports } = config;
  return {
    chainID: id,
    imageSpec: {
      architecture: 'amd64',
      config: {
        ...(user === undefined ? {} : { User: user }),
        ...(ports ? { ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])) } : {}),
        ...(environment ? { Env: environment } : {}),
        ...(entrypoint ? { Entrypoint: entrypoint } : {}),
        ...(command ? { Cmd: command } : {}),
        ...(workingDirectory === undefined ? {} : { WorkingDir: workingDirectory }),
        ...(stopSignal === undefined ? {} : { StopSignal: stopSignal }),
      },
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [id] },
    },
  };
}
