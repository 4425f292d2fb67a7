import type { Program } from '../../kernel/sys.js';
import { basename } from './basename.js';
import { cat } from './cat.js';
import { comm } from './comm.js';
import { cut } from './cut.js';
import { dirname } from './dirname.js';
import { echo } from './echo.js';
import { expand } from './expand.js';
import { falseCommand } from './false.js';
import { fold } from './fold.js';
import { egrep, fgrep, grep } from './grep/grep.js';
import { head } from './head.js';
import { nl } from './nl.js';
import { paste } from './paste.js';
import { printf } from './printf.js';
import { rev } from './rev.js';
import { sed } from './sed/sed.js';
import { seq } from './seq.js';
import { sleep } from './sleep.js';
import { sort } from './sort.js';
import { tac } from './tac.js';
import { tail } from './tail.js';
import { tee } from './tee.js';
import { bracket, test } from './test.js';
import { tr } from './tr.js';
import { trueCommand } from './true.js';
import { unexpand } from './unexpand.js';
import { uniq } from './uniq.js';
import { wc } from './wc.js';
import { yes } from './yes.js';

/** The programs of coreutils, findutils, grep, sed, awk, procps and their kin, by the name they are installed under. */
export const coreutils: Readonly<Record<string, Program>> = {
  '[': bracket,
  basename,
  cat,
  comm,
  cut,
  dirname,
  echo,
  egrep,
  expand,
  false: falseCommand,
  fgrep,
  fold,
  grep,
  head,
  nl,
  paste,
  printf,
  rev,
  sed,
  seq,
  sleep,
  sort,
  tac,
  tail,
  tee,
  test,
  tr,
  true: trueCommand,
  unexpand,
  uniq,
  wc,
  yes,
};
