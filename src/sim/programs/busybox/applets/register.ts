import type { Program } from '../../../kernel/sys.js';
import { awk } from './awk.js';
import { base64 } from './base64.js';
import { basename } from './basename.js';
import { cat } from './cat.js';
import { chgrp } from './chgrp.js';
import { chmod } from './chmod.js';
import { chown } from './chown.js';
import { chroot } from './chroot.js';
import { clear } from './clear.js';
import { cp } from './cp.js';
import { cut } from './cut.js';
import { date } from './date.js';
import { dd } from './dd.js';
import { df } from './df.js';
import { diff } from './diff.js';
import { dirname } from './dirname.js';
import { du } from './du.js';
import { echo } from './echo.js';
import { egrep } from './egrep.js';
import { env } from './env.js';
import { falseApplet } from './false.js';
import { fgrep } from './fgrep.js';
import { find } from './find.js';
import { free } from './free.js';
import { grep } from './grep.js';
import { gunzip } from './gunzip.js';
import { gzip } from './gzip.js';
import { head } from './head.js';
import { hexdump } from './hexdump.js';
import { hostname } from './hostname.js';
import { id } from './id.js';
import { kill } from './kill.js';
import { killall } from './killall.js';
import { ln } from './ln.js';
import { ls } from './ls.js';
import { md5sum } from './md5sum.js';
import { mkdir } from './mkdir.js';
import { mktemp } from './mktemp.js';
import { more } from './more.js';
import { mount } from './mount.js';
import { mv } from './mv.js';
import { nl } from './nl.js';
import { nohup } from './nohup.js';
import { nproc } from './nproc.js';
import { nsenter } from './nsenter.js';
import { od } from './od.js';
import { pgrep } from './pgrep.js';
import { pidof } from './pidof.js';
import { pkill } from './pkill.js';
import { printenv } from './printenv.js';
import { printf } from './printf.js';
import { ps } from './ps.js';
import { readlink } from './readlink.js';
import { realpath } from './realpath.js';
import { rev } from './rev.js';
import { rm } from './rm.js';
import { rmdir } from './rmdir.js';
import { sed } from './sed.js';
import { seq } from './seq.js';
import { sha1sum } from './sha1sum.js';
import { sha256sum } from './sha256sum.js';
import { sha512sum } from './sha512sum.js';
import { sleep } from './sleep.js';
import { sort } from './sort.js';
import { stat } from './stat.js';
import { strings } from './strings.js';
import { stty } from './stty.js';
import { tac } from './tac.js';
import { tail } from './tail.js';
import { tar } from './tar.js';
import { tee } from './tee.js';
import { bracket, test } from './test.js';
import { timeout } from './timeout.js';
import { top } from './top.js';
import { touch } from './touch.js';
import { tr } from './tr.js';
import { trueApplet } from './true.js';
import { truncate } from './truncate.js';
import { tty } from './tty.js';
import { umount } from './umount.js';
import { uname } from './uname.js';
import { uniq } from './uniq.js';
import { uptime } from './uptime.js';
import { watch } from './watch.js';
import { wc } from './wc.js';
import { which } from './which.js';
import { whoami } from './whoami.js';
import { xargs } from './xargs.js';
import { yes } from './yes.js';
import { zcat } from './zcat.js';

/** busybox's applets by name; those that are programs of their own in this house (vi, wget, nc …) are not among them. */
export const applets: Readonly<Record<string, Program>> = {
  '[': bracket,
  awk,
  base64,
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  chroot,
  clear,
  cp,
  cut,
  date,
  dd,
  df,
  diff,
  dirname,
  du,
  echo,
  egrep,
  env,
  false: falseApplet,
  fgrep,
  find,
  free,
  grep,
  gunzip,
  gzip,
  head,
  hexdump,
  hostname,
  id,
  kill,
  killall,
  ln,
  ls,
  md5sum,
  mkdir,
  mktemp,
  more,
  mount,
  mv,
  nl,
  nohup,
  nproc,
  nsenter,
  od,
  pgrep,
  pidof,
  pkill,
  printenv,
  printf,
  ps,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sha1sum,
  sha256sum,
  sha512sum,
  sleep,
  sort,
  stat,
  strings,
  stty,
  tac,
  tail,
  tar,
  tee,
  test,
  timeout,
  top,
  touch,
  tr,
  true: trueApplet,
  truncate,
  tty,
  umount,
  uname,
  uniq,
  uptime,
  watch,
  wc,
  which,
  whoami,
  xargs,
  yes,
  zcat,
};
