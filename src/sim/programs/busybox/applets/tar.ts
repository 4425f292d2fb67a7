import type { Program } from '../../../kernel/sys.js';
import { tar as shared } from '../../../shell/coreutils/tar/tar.js';
import { applet } from '../applet.js';

const USAGE = `tar c|x|t [-ZzJjahmvokO] [-f TARFILE] [-C DIR] [FILE]...

Create, extract, or list files from a tar file

	c	Create
	x	Extract
	t	List
	-f FILE	Name of TARFILE ('-' for stdin/out)
	-C DIR	Change to DIR before operation
	-v	Verbose
	-O	Extract to stdout
	-m	Don't restore mtime
	-o	Don't restore user:group
	-k	Don't replace existing files
	-Z	(De)compress using compress
	-z	(De)compress using gzip
	-J	(De)compress using xz
	-j	(De)compress using bzip2
	--lzma	(De)compress using lzma
	-a	(De)compress based on extension
	-h	Follow symlinks
	--overwrite		Replace existing files
	--strip-components NUM	NUM of leading components to strip
	--no-recursion		Don't descend in directories
	--numeric-owner		Use numeric user:group
	--no-same-permissions	Don't restore access permissions
	--to-command COMMAND	Pipe files to COMMAND`;

/** `tar` of busybox. */
export const tar: Program = applet(
  {
    name: 'tar',
    usage: USAGE,
    options: [
      'c create',
      'x extract',
      't list',
      'f file=F',
      'C directory=D',
      'z gzip',
      'a auto-compress',
      'v verbose',
      'O to-stdout',
      'h dereference',
      'k keep-old-files',
      'T files-from=F',
      'X exclude-from=F',
      'm touch',
      'exclude=P',
      'p preserve-permissions',
      'o',
      'strip-components=N',
      'numeric-owner',
      'no-same-owner',
    ],
    says: [
      [/^(.*): Cannot open: (.*)$/, "can't open '$1': $2"],
      [/^(.*): Cannot stat: (.*)$/, '$1: $2'],
      [/^Exiting with failure.*$/, ''],
      [/^This does not look like a tar archive$/, 'short read'],
      [/^Cowardly refusing[\s\S]*/, 'empty archive'],
      [/^Error is not recoverable.*$/, ''],
    ],
    oldStyle: true,
    failure: 1,
    long: ['exclude', 'strip-components', 'numeric-owner', 'no-same-owner'],
  },
  shared,
);
