/** The groups of small Linuxes as their images hold them, a name and number each; root belongs to those with a star. */
const BUSYBOX =
  'root 0,daemon 1,bin 2,sys 3,adm 4,tty 5,disk 6,lp 7,mail 8,kmem 9,wheel 10*,cdrom 11,dialout 18,floppy 19,video 28,' +
  'audio 29,tape 32,www-data 33,operator 37,utmp 43,plugdev 46,staff 50,lock 54,netdev 82,users 100,nobody 65534';
const ALPINE =
  'root 0*,bin 1*,daemon 2*,sys 3*,adm 4*,tty 5,disk 6*,lp 7,kmem 9,wheel 10*,floppy 11*,mail 12,news 13,uucp 14,' +
  'cron 16,audio 18,cdrom 19,dialout 20*,ftp 21,sshd 22,input 23,tape 26*,video 27*,netdev 28,kvm 34,games 35,' +
  'shadow 42,www-data 82,users 100,ntp 123,abuild 300,utmp 406,ping 999,nogroup 65533,nobody 65534';

/** Lines of /etc/group for busybox. */
export const BUSYBOX_GROUPS = linesOf(BUSYBOX);
/** Lines of /etc/group for Alpine. */
export const ALPINE_GROUPS = linesOf(ALPINE);

function linesOf(text: string): string[] {
  return text.split(',').map((item) => {
    const [, name, number, star] = /^(\S+) (\d+)(\*?)$/.exec(item) ?? [];
    return `${name}:x:${number}:${star ? 'root' : ''}`;
  });
}
