/** Rules of a container's mounts and devices. */
import { type FieldError, forbidden, invalid, notFoundField, required } from '../../field-error.js';
import type { Container } from '../../types/pod.js';
import type { Volume, VolumeMount } from '../../types/volume.js';
import { oneOf } from '../meta.js';
import { descendingPath, withoutBacksteps } from './paths.js';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'];
const RECURSIVE_READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'];

/** Where a container's volumes appear. */
export function validateMounts(path: string, container: Container, volumes: ReadonlyMap<string, Volume>): FieldError[] {
  const errors: FieldError[] = [];
  const points = new Set<string>();
  const devices = container.volumeDevices ?? [];
  (container.volumeMounts ?? []).forEach((mount, index) => {
    const at = `${path}[${index}]`;
    const { name = '', mountPath = '' } = mount;
    if (!name) errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFoundField(`${at}.name`, name));
    if (!mountPath) errors.push(required(`${at}.mountPath`));
    if (points.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, 'must be unique'));
    points.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      errors.push(invalid(`${at}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'));
    }
    errors.push(...validateSubPaths(path, at, mount), ...validateMountModes(path, mount, container));
  });
  return errors;
}

/** The server names some of these fields without the mount's index; that is kept. */
function validateSubPaths(path: string, at: string, mount: VolumeMount): FieldError[] {
  const errors: FieldError[] = [];
  if (mount.subPath) errors.push(...descendingPath(`${path}.subPath`, mount.subPath));
  if (mount.subPathExpr) {
    if (mount.subPath) {
      const words = 'subPathExpr and subPath are mutually exclusive';
      errors.push(invalid(`${at}.subPathExpr`, mount.subPathExpr, words));
    }
    errors.push(...descendingPath(`${path}.subPathExpr`, mount.subPathExpr));
  }
  return errors;
}

function validateMountModes(path: string, mount: VolumeMount, container: Container): FieldError[] {
  const { mountPropagation: propagation, recursiveReadOnly: recursive } = mount;
  const errors = oneOf(`${path}.mountPropagation`, propagation, PROPAGATIONS);
  if (propagation === 'Bidirectional' && !container.securityContext?.privileged) {
    const words = 'Bidirectional mount propagation is available only to privileged containers';
    errors.push(forbidden(`${path}.mountPropagation`, words));
  }
  errors.push(...oneOf(`${path}.recursiveReadOnly`, recursive, RECURSIVE_READ_ONLY));
  if (recursive !== 'Enabled' && recursive !== 'IfPossible') return errors;
  if (!mount.readOnly) {
    errors.push(forbidden(`${path}.recursiveReadOnly`, 'may only be specified when readOnly is true'));
  }
  if (propagation !== undefined && propagation !== 'None') {
    const words = 'may only be specified when mountPropagation is None or not specified';
    errors.push(forbidden(`${path}.recursiveReadOnly`, words));
  }
  return errors;
}

/** Volumes a container gets as block devices. */
export function validateDevices(
  path: string,
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  const mounts = container.volumeMounts ?? [];
  (container.volumeDevices ?? []).forEach(({ name = '', devicePath = '' }, index) => {
    const at = `${path}[${index}]`;
    const volume = volumes.get(name);
    if (!name) errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'));
    if (!volume) errors.push(notFoundField(`${at}.name`, name));
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const words = 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalid(`${at}.name`, name, words));
    }
    if (!devicePath) errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, 'must be unique'));
    if (withoutBacksteps('', devicePath).length > 0) {
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    } else paths.add(devicePath);
    if (mounts.some((mount) => mount.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
    }
    if (mounts.some((mount) => mount.mountPath === devicePath)) {
      errors.push(invalid(`${at}.devicePath`, devicePath, 'must not already exist as a path in volumeMounts'));
    }
    names.add(name);
  });
  return errors;
}
