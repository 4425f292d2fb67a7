import type { Program } from '../../../kernel/sys.js';
import { hostname as shared } from '../../../shell/coreutils/hostname.js';
import { applet } from '../applet.js';

const USAGE = `hostname [-sidf] [HOSTNAME | -F FILE]

Show or set hostname or DNS domain name

	-s	Short
	-i	Addresses for the hostname
	-d	DNS domain name
	-f	Fully qualified domain name
	-F FILE	Use FILE's content as hostname`;

/** `hostname` of busybox. */
export const hostname: Program = applet(
  {
    name: 'hostname',
    usage: USAGE,
    options: ['i ip-address', 's short', 'd domain', 'f fqdn', 'F=FILE'],
    says: [[/^(?:you must be root|.*must be root).*$/, 'sethostname: Operation not permitted']],
  },
  shared,
);
