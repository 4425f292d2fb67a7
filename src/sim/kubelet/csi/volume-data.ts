import { csiVolumeName } from '../../api/volumes/csi-names.js';
import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

const PODS = '/var/lib/kubelet/pods';
const PLUGIN = 'volumes/kubernetes.io~csi';

/** The volumes of CSI drivers that an earlier kubelet mounted, by pods' UIDs (reconstruct.go): each left vol_data.json. */
export function attachmentsOnDisk(sys: Sys): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const uid of namesIn(sys, PODS))
    for (const volume of namesIn(sys, `${PODS}/${uid}/${PLUGIN}`)) {
      const name = nameIn(sys, `${PODS}/${uid}/${PLUGIN}/${volume}/vol_data.json`);
      if (name !== undefined) found.set(uid, (found.get(uid) ?? new Set()).add(name));
    }
  return found;
}

function nameIn(sys: Sys, path: string): string | undefined {
  try {
    const { driverName: driver = '', volumeHandle = '' } = JSON.parse(decodeText(sys.readFile(path)));
    return csiVolumeName({ driver, volumeHandle });
  } catch (error) {
    if (isErrno(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function namesIn(sys: Sys, folder: string): string[] {
  try {
    return sys.readDirectory(folder).map(({ name }) => name);
  } catch (error) {
    if (isErrno(error)) return [];
    throw error;
  }
}
