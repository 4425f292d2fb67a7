import type { Program } from '../../../kernel/sys.js';
import { innerPart } from '../../../shell/coreutils/command.js';
import { UsageError } from '../../../shell/coreutils/options.js';
import { sed as shared } from '../../../shell/coreutils/sed/sed.js';
import { applet } from '../applet.js';

const USAGE = `sed [-i[SFX]] [-nrE] [-f FILE]... [-e CMD]... [FILE]...
or: sed [-i[SFX]] [-nrE] CMD [FILE]...

	-e CMD	Add CMD to sed commands to be executed
	-f FILE	Add FILE contents to sed commands to be executed
	-i[SFX]	Edit files in-place (otherwise write to stdout)
		Optionally back files up, appending SFX
	-n	Suppress automatic printing of pattern space
	-r,-E	Use extended regex syntax

If no -e or -f, the first non-option argument is the sed command string.
Remaining arguments are input files (stdin if none).`;

/** `sed` of busybox. */
export const sed: Program = applet(
  {
    name: 'sed',
    usage: USAGE,
    options: [
      'n quiet',
      'e expression=S',
      'f file=F',
      'i in-place?S',
      'E r regexp-extended',
      's separate',
      'z null-data',
      'u unbuffered',
    ],
    says: [
      [/^can't read (.*): (.*)$/, '$1: $2'],
      [/^-e expression #\d+, char \d+: unknown command: `(.).*$/, 'unsupported command $1'],
      [/^-e expression #\d+, char \d+: unterminated `s' command$/, "unmatched '/'"],
      [/^-e expression #\d+, char \d+: unknown option to `s'$/, 'unknown option to s command'],
      [/^couldn't open file (.*): (.*)$/, '$1: $2'],
    ],
  },
  {
    run(context) {
      const given = context.operands.length > 0 || context.has('expression') || context.has('file');
      if (!given) throw new UsageError('');
      return innerPart(shared)(context);
    },
  },
);
