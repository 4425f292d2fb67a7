import type { Program } from '../../../kernel/sys.js';
import { uname as shared } from '../../../shell/coreutils/uname.js';
import { applet } from '../applet.js';

const USAGE = `uname [-amnrspvio]

Print system information

	-a	Print all
	-m	Machine (hardware) type
	-n	Hostname
	-r	Kernel release
	-s	Kernel name (default)
	-p	Processor type
	-v	Kernel version
	-i	Hardware platform
	-o	OS name`;

/** `uname` of busybox. */
export const uname: Program = applet(
  {
    name: 'uname',
    usage: USAGE,
    options: [
      'a all',
      's kernel-name',
      'n nodename',
      'r kernel-release',
      'v kernel-version',
      'm machine',
      'p processor',
      'i hardware-platform',
      'o operating-system',
    ],
    operandsMax: 0,
  },
  shared,
);
