import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SECOND } from '../../../../src/sim/kernel/time.js';
import { coreutils } from '../../../../src/sim/shell/coreutils/index.js';
import { onTerminal, simulate } from './machine.js';

const plain = (text: string) => text.replaceAll('\r\n', '\n');

describe('endless programs', () => {
  test.each([
    'yes',
    'cat /dev/zero | tr a b',
    'yes | sort',
    'yes | sed s/y/n/',
    "awk 'BEGIN{while(1) i++}'",
    'sleep infinity',
    'tail -f fruits.txt',
    'yes | grep -v y',
  ])('%s ends at Ctrl-C', (line) => {
    const { kernel, screen, type } = onTerminal(`${line}; echo after`);
    kernel.advance(SECOND);
    expect(screen()).not.toContain('after');
    type('\x03');
    kernel.advance(SECOND);
    expect(screen()).toMatch(/after\r\n\[ended\]$/);
    expect(kernel.crashes).toEqual([]);
  });

  test('timeout ends a busy program after its span of virtual time', () => {
    expect(simulate("timeout 5 awk 'BEGIN{while(1) i++}'; timeout 3 cat /dev/zero | wc -l").out).toBe('0\n');
  });

  test('a reader that has enough ends the writer', () => {
    expect(simulate('yes | head -c 4; cat /dev/zero | head -c 3 | od -c; seq 1000000000 | sed 2q')).toEqual({
      out: 'y\ny\n0000000  \\0  \\0  \\0\n0000003\n1\n2\n',
      err: '',
      status: 0,
    });
  });
});

describe('on a terminal', () => {
  test('ls fits its columns to the window and quotes names', () => {
    const { kernel, screen } = onTerminal('rm -r dir; mkdir dir; ls', { columns: 60, rows: 24 });
    kernel.advance(SECOND);
    // Recorded from ls of GNU coreutils 9.1 in a window of 60 columns.
    expect(plain(screen())).toBe(
      " changed.yaml   empty\t     numbers.txt  'with space.txt'\n config.yaml    fruits.txt   pods.txt\n data.csv       log.txt      tabs.txt\n dir\t        no-newline   utf8.txt\n[ended]",
    );
  });

  test('ls --color=auto and grep --color=auto paint', () => {
    const { kernel, screen } = onTerminal('ls -d --color=auto dir; grep --color=auto an data.csv');
    kernel.advance(SECOND);
    expect(plain(screen())).toBe('\x1b[0m\x1b[01;34mdir\x1b[0m\n'.concat('[ended]'));
  });

  test('rm -i asks and obeys', () => {
    const { kernel, screen, type } = onTerminal('rm -i fruits.txt empty; ls fruits.txt');
    kernel.advance(SECOND);
    type('y\n');
    kernel.advance(SECOND);
    type('n\n');
    kernel.advance(SECOND);
    expect(plain(screen())).toBe(
      "rm: remove regular file 'fruits.txt'? y\nrm: remove regular empty file 'empty'? n\nls: cannot access 'fruits.txt': No such file or directory\n[ended]",
    );
  });

  test('tail -f shows what is added', () => {
    const { kernel, screen } = onTerminal('timeout 3 tail -n1 -f no-newline');
    kernel.advance(SECOND);
    expect(screen()).toBe('two');
    kernel.advance(5 * SECOND);
    expect(screen()).toBe('two[ended]');
  });

  test('watch repaints with its heading and ends at Ctrl-C', () => {
    const { kernel, screen, type } = onTerminal('watch -n 5 cat no-newline', { columns: 60, rows: 10 });
    kernel.advance(2 * SECOND);
    expect(screen()).toContain('Every 5.0s: cat no-newline');
    expect(screen()).toMatch(/host: Sat Mar 14 15:09:\d\d 2026\x1b\[3;1Hone\x1b\[4;1Htwo$/);
    const first = screen().split('Every').length;
    kernel.advance(10 * SECOND);
    expect(screen().split('Every').length).toBe(first + 2);
    type('\x03');
    kernel.advance(SECOND);
    expect(screen()).toMatch(/\x1b\[\?1049l.*\[ended\]$/s);
  });

  test('stty and tty tell of the terminal', () => {
    const { kernel, screen } = onTerminal('tty; stty size; stty -echo; stty; stty echo; tput cols');
    kernel.advance(SECOND);
    expect(plain(screen())).toBe('/dev/pts/0\n24 80\nspeed 38400 baud; line = 0;\n-echo\n80\n[ended]');
  });
});

describe('processes', () => {
  test('ps lists by the wished columns', () => {
    const { kernel, screen } = onTerminal('ps; ps -o pid,ppid,comm,args --no-headers; ps -C ps -o user=,tty=');
    kernel.advance(SECOND);
    expect(plain(screen())).toMatch(
      /^ {4}PID TTY {10}TIME CMD\n {6}2 pts\/0 {4}00:00:00 init\n {6}3 pts\/0 {4}00:00:00 ps\n {6}2 {7}1 init {12}init\n {6}4 {7}2 ps {14}ps -o/,
    );
    expect(plain(screen())).toMatch(/\nroot {5}pts\/0\n\[ended\]$/);
  });

  test('ps aux and ps -ef have their headings', () => {
    const { out } = simulate('ps aux; ps -ef');
    expect(out).toContain(
      'USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\nroot           1 ',
    );
    expect(out).toMatch(
      /UID {10}PID {4}PPID {2}C STIME TTY {10}TIME CMD\nroot {11}1 {7}0 [ \d]\d 15:09 \? {8}00:00:00 init\n/,
    );
  });

  test('free, uptime, nproc, top and df read what the machine says of itself', () => {
    expect(simulate('free -m').out).toMatch(
      /^ {15}total {8}used {8}free {6}shared {2}buff\/cache {3}available\nMem:( +\d+){6}\nSwap: {14}0 {11}0 {11}0\n$/,
    );
    expect(simulate('uptime').out).toMatch(/^ 15:09:26 up 0 min, {2}0 users?, {2}load average: \d/);
    expect(simulate('nproc').out).toBe('2\n');
    expect(simulate('top -b -n1').out).toMatch(
      /^top - .*\nTasks: .*\n%Cpu\(s\): .*\nMiB Mem : .*\nMiB Swap: .*\n\n {4}PID USER/,
    );
    expect(simulate('df /').out).toMatch(
      /^Filesystem +1K-blocks +Used +Available +Use% +Mounted on\n\/dev\/vda1 .* \/\n$/,
    );
  });
});

test('every name is registered once, in order', () => {
  const names = Object.keys(coreutils);
  expect(names).toEqual([...names].sort());
  const folder = new URL('../../../../src/sim/shell/coreutils/', import.meta.url);
  const entries = readdirSync(folder);
  for (const name of names) {
    const own = [`${name}.ts`, name];
    const shared = [
      '[',
      'base32',
      'chgrp',
      'egrep',
      'fgrep',
      'gunzip',
      'mawk',
      'md5sum',
      'pkill',
      'reset',
      'sha1sum',
      'sha256sum',
      'sha512sum',
      'zcat',
    ];
    expect(own.some((file) => entries.includes(file)) || shared.includes(name), name).toBe(true);
  }
});
