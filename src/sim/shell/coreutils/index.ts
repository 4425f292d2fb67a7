import type { Program } from '../../kernel/sys.js';
import { awk, mawk } from './awk/awk.js';
import { base32, base64 } from './base64.js';
import { basename } from './basename.js';
import { cat } from './cat.js';
import { md5sum, sha1sum, sha256sum, sha512sum } from './checksums.js';
import { chmod } from './chmod.js';
import { chgrp, chown } from './chown.js';
import { chroot } from './chroot.js';
import { clear, reset } from './clear.js';
import { cmp } from './cmp.js';
import { column } from './column.js';
import { comm } from './comm.js';
import { cp } from './cp.js';
import { cut } from './cut.js';
import { date } from './date/date.js';
import { dd } from './dd.js';
import { df } from './df.js';
import { diff } from './diff/diff.js';
import { dirname } from './dirname.js';
import { du } from './du.js';
import { echo } from './echo.js';
import { env } from './env.js';
import { expand } from './expand.js';
import { falseCommand } from './false.js';
import { file } from './file.js';
import { find } from './find/find.js';
import { fold } from './fold.js';
import { free } from './free.js';
import { egrep, fgrep, grep } from './grep/grep.js';
import { groups } from './groups.js';
import { gunzip, gzip, zcat } from './gzip.js';
import { head } from './head.js';
import { hexdump } from './hexdump.js';
import { hostname } from './hostname.js';
import { id } from './id.js';
import { install } from './install.js';
import { join } from './join.js';
import { kill } from './kill.js';
import { ln } from './ln.js';
import { ls } from './ls/ls.js';
import { mkdir } from './mkdir.js';
import { mkfifo } from './mkfifo.js';
import { mktemp } from './mktemp.js';
import { mv } from './mv.js';
import { nice } from './nice.js';
import { nl } from './nl.js';
import { nohup } from './nohup.js';
import { nproc } from './nproc.js';
import { nsenter } from './nsenter.js';
import { od } from './od.js';
import { paste } from './paste.js';
import { pgrep, pkill } from './pgrep.js';
import { pidof } from './pidof.js';
import { printenv } from './printenv.js';
import { printf } from './printf.js';
import { ps } from './ps/ps.js';
import { readlink } from './readlink.js';
import { realpath } from './realpath.js';
import { rev } from './rev.js';
import { rm } from './rm.js';
import { rmdir } from './rmdir.js';
import { sed } from './sed/sed.js';
import { seq } from './seq.js';
import { sleep } from './sleep.js';
import { sort } from './sort.js';
import { split } from './split.js';
import { stat } from './stat.js';
import { strings } from './strings.js';
import { stty } from './stty.js';
import { sync } from './sync.js';
import { tac } from './tac.js';
import { tail } from './tail.js';
import { tar } from './tar/tar.js';
import { tee } from './tee.js';
import { bracket, test } from './test.js';
import { timeout } from './timeout.js';
import { top } from './top.js';
import { touch } from './touch.js';
import { tput } from './tput.js';
import { tr } from './tr.js';
import { trueCommand } from './true.js';
import { truncate } from './truncate.js';
import { tty } from './tty.js';
import { uname } from './uname.js';
import { unexpand } from './unexpand.js';
import { uniq } from './uniq.js';
import { unlink } from './unlink.js';
import { uptime } from './uptime.js';
import { watch } from './watch.js';
import { wc } from './wc.js';
import { which } from './which.js';
import { whoami } from './whoami.js';
import { xargs } from './xargs.js';
import { xxd } from './xxd.js';
import { yes } from './yes.js';

/** The programs of coreutils, findutils, grep, sed, awk, procps and their kin, by the name they are installed under. */
export const coreutils: Readonly<Record<string, Program>> = {
  '[': bracket,
  awk,
  base32,
  base64,
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  chroot,
  clear,
  cmp,
  column,
  comm,
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
  expand,
  false: falseCommand,
  fgrep,
  file,
  find,
  fold,
  free,
  grep,
  groups,
  gunzip,
  gzip,
  head,
  hexdump,
  hostname,
  id,
  install,
  join,
  kill,
  ln,
  ls,
  mawk,
  md5sum,
  mkdir,
  mkfifo,
  mktemp,
  mv,
  nice,
  nl,
  nohup,
  nproc,
  nsenter,
  od,
  paste,
  pgrep,
  pidof,
  pkill,
  printenv,
  printf,
  ps,
  readlink,
  realpath,
  reset,
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
  split,
  stat,
  strings,
  stty,
  sync,
  tac,
  tail,
  tar,
  tee,
  test,
  timeout,
  top,
  touch,
  tput,
  tr,
  true: trueCommand,
  truncate,
  tty,
  uname,
  unexpand,
  uniq,
  unlink,
  uptime,
  watch,
  wc,
  which,
  whoami,
  xargs,
  xxd,
  yes,
  zcat,
};
