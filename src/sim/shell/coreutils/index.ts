import type { Program } from '../../kernel/sys.js';
import { awk, mawk } from './awk/awk.js';
import { basename } from './basename.js';
import { cat } from './cat.js';
import { chmod } from './chmod.js';
import { chgrp, chown } from './chown.js';
import { comm } from './comm.js';
import { cp } from './cp.js';
import { cut } from './cut.js';
import { date } from './date/date.js';
import { dirname } from './dirname.js';
import { echo } from './echo.js';
import { expand } from './expand.js';
import { falseCommand } from './false.js';
import { find } from './find/find.js';
import { fold } from './fold.js';
import { egrep, fgrep, grep } from './grep/grep.js';
import { head } from './head.js';
import { ln } from './ln.js';
import { ls } from './ls/ls.js';
import { mkdir } from './mkdir.js';
import { mktemp } from './mktemp.js';
import { mv } from './mv.js';
import { nl } from './nl.js';
import { paste } from './paste.js';
import { printf } from './printf.js';
import { readlink } from './readlink.js';
import { realpath } from './realpath.js';
import { rev } from './rev.js';
import { rm } from './rm.js';
import { rmdir } from './rmdir.js';
import { sed } from './sed/sed.js';
import { seq } from './seq.js';
import { sleep } from './sleep.js';
import { sort } from './sort.js';
import { stat } from './stat.js';
import { tac } from './tac.js';
import { tail } from './tail.js';
import { tee } from './tee.js';
import { bracket, test } from './test.js';
import { touch } from './touch.js';
import { tr } from './tr.js';
import { trueCommand } from './true.js';
import { truncate } from './truncate.js';
import { unexpand } from './unexpand.js';
import { uniq } from './uniq.js';
import { wc } from './wc.js';
import { xargs } from './xargs.js';
import { yes } from './yes.js';

/** The programs of coreutils, findutils, grep, sed, awk, procps and their kin, by the name they are installed under. */
export const coreutils: Readonly<Record<string, Program>> = {
  '[': bracket,
  awk,
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  comm,
  cp,
  cut,
  date,
  dirname,
  echo,
  egrep,
  expand,
  false: falseCommand,
  fgrep,
  find,
  fold,
  grep,
  head,
  ln,
  ls,
  mawk,
  mkdir,
  mktemp,
  mv,
  nl,
  paste,
  printf,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sleep,
  sort,
  stat,
  tac,
  tail,
  tee,
  test,
  touch,
  tr,
  true: trueCommand,
  truncate,
  unexpand,
  uniq,
  wc,
  xargs,
  yes,
};
