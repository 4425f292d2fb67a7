import { decodeText } from '../../kernel/bytes.js';
import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';

const FOLDER = '/run/systemd/resolve';

/**
 * What systemd-resolved writes at boot where /etc/resolv.conf is somebody else's file: the servers and domains that it
 * found there, for those that must not ask this host itself. kubeadm points kubelets at it.
 */
export function writeUplinkServers(sys: Sys): void {
  const lines = uplinks(sys);
  if (lines === undefined) return;
  const header = `# This is ${FOLDER}/resolv.conf managed by man:systemd-resolved(8).\n# Do not edit.\n\n`;
  const searches = lines.some((line) => line.startsWith('search ')) ? [] : ['search .'];
  sys.makeDirectory(FOLDER, 0o755);
  sys.writeFile(`${FOLDER}/resolv.conf`, `${header}${[...lines, ...searches].join('\n')}\n`, 0o644);
}

function uplinks(sys: Sys): string[] | undefined {
  try {
    return decodeText(sys.readFile('/etc/resolv.conf'))
      .split('\n')
      .filter((line) => /^(?:nameserver|search)\s/.test(line));
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}
