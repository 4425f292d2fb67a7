import type { FileTree } from '../hosts/file-tree/file-tree.js';
import { enableUnit } from '../hosts/layouts/units.js';
import type { ServicePlan } from './plan.js';

/** Where programs lie that no package brought. */
export const SERVICE_FOLDER = '/usr/local/bin';

/** Puts the control plane's programs on a disk as services that start with the machine, one after the other. */
export function installServices(tree: FileTree, services: readonly ServicePlan[]): void {
  services.forEach(({ name, command }, index) => {
    const before = services[index - 1];
    const [program = name, ...words] = command;
    const unit = `[Unit]
Description=${name}
After=network-online.target${before ? ` ${before.name}.service` : ''}

[Service]
ExecStart=${[`${SERVICE_FOLDER}/${program}`, ...words].join(' \\\n  ')}
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
`;
    tree.put(`/usr/lib/systemd/system/${name}.service`, unit);
    enableUnit(tree, `${name}.service`);
  });
}
