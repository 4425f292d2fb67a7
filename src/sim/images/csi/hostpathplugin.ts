import { parseQuantity, quantityValue } from '../../api/quantity.js';
import { isErrno } from '../../kernel/errno.js';
import { untilSignal } from '../../kernel/libc/until-signal.js';
import type { Program } from '../../kernel/sys.js';
import { say } from '../go/log.js';
import { HostPathVolumes } from './hostpath-volumes.js';
import { CsiRefusal, serveCsi } from './serve.js';
import { flagsOf, socketPath } from './sidecar.js';

const VERSION = 'v1.17.1';
/** Where the data directory of the driver lies on its node, as its manifest says. */
const HOST_DATA = '/var/lib/csi-hostpath-data';

/** csi-driver-host-path: volumes that are folders of one node. Serves CSI on its socket. */
export const hostpathplugin: Program = function* hostpathplugin(sys) {
  const flags = flagsOf(sys);
  if (flags.has('version')) {
    yield* sys.write(1, `hostpathplugin ${VERSION}\n`);
    return 0;
  }
  const name = flags.get('drivername')?.[0] ?? 'hostpath.csi.k8s.io';
  const nodeId = flags.get('nodeid')?.[0] ?? '';
  const limit = Number(flags.get('maxvolumespernode')?.[0] ?? 0);
  if (nodeId === '') {
    yield* sys.write(2, 'Failed to initialize driver: no node id provided\n');
    return 1;
  }
  const capacity = (flags.get('capacity') ?? []).map((text): [string, number] => {
    const [kind = '', amount = '0'] = text.split('=');
    return [kind, quantityValue(parseQuantity(amount))];
  });
  const modifies = flags.get('enable-controller-modify-volume')?.[0] === 'true';
  const mutable = (flags.get('accepted-mutable-parameter-names') ?? []).flatMap((names) => names.split(','));
  const attaches = flags.get('enable-attach')?.[0] === 'true';
  try {
    const volumes = new HostPathVolumes(sys, new Map(capacity));
    serveCsi(sys, socketPath(flags.get('endpoint')?.[0] ?? ''), {
      GetPluginInfo: () => ({ name }),
      NodeGetInfo: () => ({
        nodeId,
        topology: { 'topology.hostpath.csi/node': nodeId },
        ...(limit > 0 ? { volumesMax: limit } : {}),
      }),
      ControllerGetCapabilities: () => ({ publishes: attaches }),
      ControllerPublishVolume: ({ volumeId, nodeId: wanted, readOnly }) => {
        if (wanted !== nodeId)
          throw new CsiRefusal('NotFound', `Not matching Node ID ${wanted} to hostpath Node ID ${nodeId}`);
        volumes.attach(volumeId, readOnly);
        return { publishContext: {} };
      },
      ControllerUnpublishVolume: ({ volumeId, nodeId: wanted }) => {
        if (wanted !== '' && wanted !== nodeId)
          throw new CsiRefusal('NotFound', `Node ID ${wanted} does not match to expected Node ID ${nodeId}`);
        volumes.detach(volumeId);
        return {};
      },
      CreateVolume: ({ name: wanted, bytes, parameters, block, sourceVolume, sourceSnapshot }) => {
        const source = { volume: sourceVolume, snapshot: sourceSnapshot };
        const made = volumes.create(wanted, bytes, parameters['kind'] ?? '', block, source);
        return { volumeId: made.id, bytes: made.bytes };
      },
      CreateSnapshot: ({ name: wanted, sourceVolume }) => volumes.takeSnapshot(wanted, sourceVolume),
      DeleteSnapshot: ({ snapshotId }) => {
        volumes.removeSnapshot(snapshotId);
        return {};
      },
      ListSnapshots: ({ snapshotId }) => ({ snapshots: volumes.findSnapshots(snapshotId) }),
      ControllerModifyVolume: ({ volumeId, parameters }) => {
        if (!modifies) throw new CsiRefusal('InvalidArgument', 'unsupported capability MODIFY_VOLUME');
        checkMutable(parameters, mutable);
        volumes.get(volumeId);
        return {};
      },
      GetCapacity: ({ parameters }) => volumes.room(parameters['kind'] ?? ''),
      DeleteVolume: ({ volumeId }) => {
        volumes.remove(volumeId);
        return {};
      },
      ControllerExpandVolume: ({ volumeId, bytes }) => {
        volumes.expand(volumeId, bytes);
        return { bytes, nodeExpansionRequired: true };
      },
      NodePublishVolume: ({ volumeId }) => {
        const { id, attached } = volumes.get(volumeId);
        if (attaches && !attached)
          throw new CsiRefusal(
            'Internal',
            `ControllerPublishVolume must be called on volume '${volumeId}' before staging on node`,
          );
        return { hostFolder: `${HOST_DATA}/${id}` };
      },
      NodeExpandVolume: ({ volumeId, bytes }) => {
        volumes.get(volumeId);
        return { bytes };
      },
    });
  } catch (error) {
    if (error instanceof CsiRefusal) {
      yield* sys.write(1, `Failed to initialize driver: rpc error: code = ${error.message}`);
      return 1;
    }
    if (!isErrno(error)) throw error;
    yield* sys.write(2, `Failed to run driver: ${error.message.toLowerCase()}\n`);
    return 1;
  }
  say(sys, 2, `Driver: ${name} version: ${VERSION}\n`);
  yield* untilSignal(sys, ['INT', 'TERM']);
  return 2;
};

/** What may be altered of a volume: all, unless some are named. Throws `CsiRefusal`. */
function checkMutable(parameters: Readonly<Record<string, string>>, mutable: readonly string[]): void {
  const names = Object.keys(parameters);
  if (names.length === 0) throw new CsiRefusal('InvalidArgument', 'Mutable parameters cannot be empty');
  const bad = mutable.length === 0 ? [] : names.filter((name) => !mutable.includes(name)).sort();
  if (bad.length === 0) return;
  throw new CsiRefusal('InvalidArgument', `invalid parameters: [${bad.join(' ')}]`);
}
