import type { Program } from '../../../kernel/sys.js';
import { ls as shared } from '../../../shell/coreutils/ls/ls.js';
import { applet } from '../applet.js';

const USAGE = `ls [-1AaCxdLHRFplinshrSXvctu] [-w WIDTH] [FILE]...

List directory contents

	-1	One column output
	-a	Include names starting with .
	-A	Like -a, but exclude . and ..
	-x	List by lines
	-d	List directory names, not contents
	-L	Follow symlinks
	-H	Follow symlinks on command line
	-R	Recurse
	-p	Append / to directory names
	-F	Append indicator (one of */=@|) to names
	-l	Long format
	-i	List inode numbers
	-n	List numeric UIDs and GIDs instead of names
	-s	List allocated blocks
	-lc	List ctime
	-lu	List atime
	--full-time	List full date/time
	-h	Human readable sizes (1K 243M 2G)
	--group-directories-first
	-S	Sort by size
	-X	Sort by extension
	-v	Sort by version
	-t	Sort by mtime
	-tc	Sort by ctime
	-tu	Sort by atime
	-r	Reverse sort order
	-w N	Format N columns wide
	--color[={always,never,auto}]`;

/** `ls` of busybox. */
export const ls: Program = applet(
  {
    name: 'ls',
    usage: USAGE,
    options: [
      '1',
      'a all',
      'A almost-all',
      'C',
      'x',
      'd directory',
      'L dereference',
      'H dereference-command-line',
      'R recursive',
      'F classify',
      'p',
      'l',
      'i inode',
      'n numeric-uid-gid',
      's size',
      'h human-readable',
      'r reverse',
      'S',
      'X',
      'v',
      'c',
      't',
      'u',
      'w width=N',
      'full-time',
      'group-directories-first',
      'color?WHEN',
    ],
    says: [
      [/^cannot access '(.*)': (.*)$/, '$1: $2'],
      [/^cannot open directory '(.*)': (.*)$/, "can't open '$1': $2"],
    ],
    long: ['full-time', 'group-directories-first', 'color'],
    failure: 1,
  },
  shared,
);
