import { describe, expect, test } from 'vitest';
import { busyboxFiles } from '../../../../src/sim/images/base-files.js';
import { runOurs } from './harness.js';

/**
 * What Debian's busybox lacks or does with more rights than a container has: written from the sources of busybox 1.36,
 * mount and umount as 1.35 answers somebody who may not mount.
 */
const ROWS: readonly (readonly [line: string, prints: string])[] = [
  ['nohup', usage('nohup PROG [ARGS]\n\nRun PROG immune to hangups, with output to a non-tty', 127)],
  ['nohup /x; echo $?', "nohup: can't execute '/x': No such file or directory\n127\n0"],
  ['nohup echo hi; echo $?', 'hi\n0\n0'],
  ['chroot', usage('chroot NEWROOT [PROG ARGS]\n\nRun PROG with root directory set to NEWROOT', 1)],
  ['chroot /nope; echo $?', "chroot: can't change root directory to '/nope': No such file or directory\n1\n0"],
  ['mkdir -p /r/bin; cp /bin/busybox /r/bin/busybox; chroot /r /bin/busybox ls /', 'bin\n0'],
  [
    'mkdir -p /r/bin; ln -s /etc /r/out; cp /bin/busybox /r/bin; chroot /r /bin/busybox ls /out/; echo $?',
    'ls: /out/: No such file or directory\n1\n0',
  ],
  ['mkdir /r; chroot /r /bin/sh; echo $?', "chroot: can't execute '/bin/sh': No such file or directory\n127\n0"],
  ['nsenter -t 99999 -n ls; echo $?', "nsenter: can't open '/proc/99999/ns/net': No such file or directory\n1\n0"],
  ['A=b printenv A', 'b\n0'],
  ['printenv NOPE; echo $?', '1\n0'],
  [
    'printenv --help',
    usage('printenv [VARIABLE]...\n\nPrint environment VARIABLEs.\nIf no VARIABLE specified, print all.', 0),
  ],
  ['sleep 9 & pgrep sleep | wc -l', '1\n0'],
  ['sleep 9 & pgrep -l sleep | cut -d " " -f2', 'sleep\n0'],
  ['sleep 9 & pgrep -a sleep | cut -d " " -f2-', 'sleep 9\n0'],
  ['sleep 9 & pgrep -P $$ | wc -l', '2\n0'],
  ['pgrep -s 0 sh | wc -l', '2\n0'],
  ['pgrep nope; echo $?', '1\n0'],
  ['sleep 9 & pkill sleep; wait $!; echo $?', 'Terminated\n143\n0'],
  ['sleep 9 & pkill -9 sleep; wait $!; echo $?', 'Killed\n137\n0'],
  ['sleep 9 & pkill -HUP sleep; wait $!; echo $?', 'Hangup\n129\n0'],
  ['sleep 9 & pkill -e sleep | sed "s/[0-9][0-9]*/N/"', 'sleep killed (pid N)\n0'],
  ['pkill -l | head -2', ' 1) HUP\n 2) INT\n0'],
  ['busybox echo a b', 'a b\n0'],
  ['cp /bin/busybox /tmp/busybox.new; /tmp/busybox.new echo hi', 'hi\n0'],
  ['busybox sleep 9 & ps -o args | grep "^[b]"', 'busybox sleep 9\n0'],
  ['rm /bin/seq; busybox seq 2', '1\n2\n0'],
  ["busybox sh -c 'echo $0 $1' a b", 'a b\n0'],
  ['busybox nope; echo $?', 'nope: applet not found\n127\n0'],
  ['busybox --list | grep -c -x -e sh -e "\\[" -e pgrep -e ash', '4\n0'],
  ['rm /bin/cat; busybox --list | grep -x cat', 'cat\n0'],
  ['mount | head -1 | cut -d " " -f2-5', 'on / type ext4\n0'],
  ['mount -t proc', 'proc on /proc type proc (rw,relatime)\n0'],
  ['mount /data; echo $?', "mount: can't read '/etc/fstab': No such file or directory\n1\n0"],
  [
    'echo /dev/sdb /data ext4 > /etc/fstab; mount /data; echo $?',
    'mount: mounting /dev/sdb on /data failed: No such file or directory\n255\n0',
  ],
  ['echo /dev/sdb /data ext4 > /etc/fstab; mount /x; echo $?', "mount: can't find /x in /etc/fstab\n1\n0"],
  ['mount -t tmpfs x /tmp; echo $?', 'mount: permission denied (are you root?)\n1\n0'],
  ['mount a b; echo $?', 'mount: mounting a on b failed: No such file or directory\n255\n0'],
  [
    'umount /nope /proc; echo $?',
    "umount: can't unmount /nope: No such file or directory\numount: can't unmount /proc: Operation not permitted\n1\n0",
  ],
  ['umount -a 2>&1 | tail -1', "umount: can't unmount /: Operation not permitted\n0"],
  ['ps -o user,group,args | grep "t *[p]s"', 'root     root     ps -o user,group,args\n0'],
];

/** A usage on standard error, and the status. */
function usage(text: string, status: number): string {
  return `BusyBox multi-call binary.\n\nUsage: ${text}\n${status}`;
}

describe('busybox, from knowledge', () => {
  test.each(ROWS)('%s', (line, prints) => {
    const { out, err, status } = runOurs(line);
    expect(`${err}${out}${status}`).toBe(prints);
  });

  test('every applet that is listed is there', () => {
    const listed = runOurs('busybox --list').out.trim().split('\n');
    const named = runOurs(`for one in ${listed.map((name) => `'${name}'`).join(' ')}; do busybox $one --help; done`);
    expect(named.err).not.toContain('applet not found');
    const files = busyboxFiles().flatMap(({ path, program }) =>
      program === 'busybox' ? [path.slice('/bin/'.length)] : [],
    );
    expect(files.filter((name) => name !== 'busybox' && !listed.includes(name))).toEqual([]);
  });
});
