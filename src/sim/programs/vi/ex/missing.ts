import type { Waiting } from '../../../kernel/wait.js';
import type { Editor } from '../state/editor.js';
import { EditorError } from '../state/failures.js';
import type { ExCall, ExCommand } from './command.js';

/**
 * Commands of vim 9 that are not done here, such as windows, tabs, menus, tags and abbreviations, each with the shortest
 * form that means it (as `fullcommand()` of vim 9.0 says).
 */
const NAMES = (
  'X abbreviate:ab abclear:abc aboveleft:abo all:al amenu:am anoremenu:an append:a argadd:arga argdedupe:argded ' +
  'argdelete:argd argdo argedit:arge argglobal:argg arglocal:argl argument:argu ascii:as aunmenu:aun bNext:bN ' +
  'badd:bad ball:ba balt bdelete:bd behave:be belowright:bel bfirst:bf blast:bl bmodified:bm bnext:bn botright:bo ' +
  'bprevious:bp break:brea breakadd:breaka breakdel:breakd breaklist:breakl brewind:br browse:bro bufdo:bufd ' +
  'buffer:b buffers bunload:bun bwipeout:bw cNext:cN cNfile:cNf cabbrev:ca cabclear:cabc cabove:cabo caddbuffer:cad ' +
  'caddexpr:cadde caddfile:caddf cafter:caf call:cal catch:cat cbefore:cbe cbelow:cbel cbottom:cbo cbuffer:cb cc ' +
  'cclose:ccl cdo center:ce cexpr:cex cfdo:cfd cfile:cf cfirst:cfir cgetbuffer:cgetb cgetexpr:cgete cgetfile:cg ' +
  'change:c changes checkpath:che checktime:checkt chistory:chi clast:cla clearjumps:cle clist:cl cmenu:cme ' +
  'cnewer:cnew cnext:cn cnfile:cnf cnoreabbrev:cnorea cnoremenu:cnoreme colder:col comclear:comc command:com ' +
  'compiler:comp confirm:conf const:cons continue:con copen:cope cpfile:cpf cprevious:cp crewind:cr cscope:cs ' +
  'cstag:cst cunabbrev:cuna cunmenu:cunme cwindow:cw debug:deb debuggreedy:debugg defcompile:defc delcommand:delc ' +
  'delfunction:delf delmarks:delm diffget:diffg diffoff:diffo diffpatch:diffp diffput:diffpu diffsplit:diffs ' +
  'diffthis:difft diffupdate:dif digraphs:dig djump:dj dlist:dli doautoall:doautoa doautocmd:do drop:dr dsearch:ds ' +
  'dsplit:dsp earlier:ea echoconsole:echoc echoerr:echoe echohl:echoh echon echowindow:echow else:el elseif:elsei ' +
  'emenu:em endfor:endfo endfunction:endf endif:en endtry:endt endwhile:endw eval:ev ex exusage:exu files ' +
  'filter:filt finally:fina find:fin finish:fini fixdel:fix fold:fo foldclose:foldc folddoclosed:folddoc ' +
  'folddoopen:foldd foldopen:foldo for function:fu goto:go grep:gr grepadd:grepa gui:gu gvim:gv hardcopy:ha ' +
  'helpclose:helpc helpfind:helpf helpgrep:helpg helptags:helpt hide:hid horizontal:ho iabbrev:ia iabclear:iabc if ' +
  'ijump:ij ilist:il imenu:ime inoreabbrev:inorea inoremenu:inoreme insert:i intro:int isearch:is isplit:isp ' +
  'iunabbrev:iuna iunmenu:iunme jumps:ju lNext:lN lNfile:lNf labove:lab laddbuffer:laddb laddexpr:lad ' +
  'laddfile:laddf lafter:laf language:lan later:lat lbefore:lbe lbelow:lbel lbottom:lbo lbuffer:lb lcd:lc ' +
  'lchdir:lch lclose:lcl lcscope:lcs ldo:ld left:le leftabove:lefta legacy:leg lexpr:lex lfdo:lfd lfile:lf ' +
  'lfirst:lfir lgetbuffer:lgetb lgetexpr:lgete lgetfile:lg lgrep:lgr lgrepadd:lgrepa lhelpgrep:lh lhistory:lhi ll ' +
  'llast:lla llist:lli lmake:lmak lmap:lm lmapclear:lmapc lnewer:lnew lnext:lne lnfile:lnf lnoremap:ln ' +
  'loadkeymap:loadk loadview:lo lockvar:lockv lolder:lol lopen:lop lpfile:lpf lprevious:lp lrewind:lr ls ltag:lt ' +
  'lua luado:luad luafile:luaf lunmap:lu lvimgrep:lv lvimgrepadd:lvimgrepa lwindow:lw make:mak match:mat menu:me ' +
  'menutranslate:menut messages:mes mkexrc:mk mksession:mks mkspell:mksp mkview:mkvie mkvimrc:mkv mode:mod ' +
  'mzfile:mzf mzscheme:mz nbclose:nbc nbkey:nb nbstart:nbs new nmenu:nme nnoremenu:nnoreme noreabbrev:norea ' +
  'noremenu:noreme nunmenu:nunme oldfiles:ol omenu:ome onoremenu:onoreme open:o options:opt ounmenu:ounme ' +
  'ownsyntax:ow packadd:pa packloadall:packl pclose:pc pedit:ped perl:pe perldo:perld pop:po popup:popu ppop:pp ' +
  'preserve:pre profdel:profd profile:prof promptfind:pro promptrepl:promptr psearch:ps ptNext:ptN ptag:pt ' +
  'ptfirst:ptf ptjump:ptj ptlast:ptl ptnext:ptn ptprevious:ptp ptrewind:ptr ptselect:pts py3 py3do:py3d ' +
  'py3file:py3f pydo:pyd pyfile:pyf python:py python3 pythonx pyx pyxdo:pyxd pyxfile:pyxf recover:rec redir:redi ' +
  'redrawstatus:redraws redrawtabline:redrawt resize:res return:retu right:ri rightbelow:rightb ruby:rub ' +
  'rubydo:rubyd rubyfile:rubyf rundo:rund runtime:ru rviminfo:rv sNext:sN sall:sal sandbox:san sargument:sa ' +
  'sbNext:sbN sball:sba sbfirst:sbf sblast:sbl sbmodified:sbm sbnext:sbn sbprevious:sbp sbrewind:sbr sbuffer:sb ' +
  'scriptencoding:scripte scriptnames:scr scriptversion:scriptv scscope:scs sfind:sf sfirst:sfir sign:sig ' +
  'simalt:sim slast:sla sleep:sl smagic:sm smap smapclear:smapc smenu:sme smile:smi snext:sn snomagic:sno ' +
  'snoremap:snor snoremenu:snoreme spelldump:spelld spellgood:spe spellinfo:spelli spellrare:spellra ' +
  'spellrepall:spellr spellundo:spellu spellwrong:spellw split:sp sprevious:spr srewind:sre stag:sta ' +
  'startgreplace:startg startinsert:star startreplace:startr stjump:stj stop:st stopinsert:stopi stselect:sts ' +
  'sunhide:sun sunmap:sunm sunmenu:sunme suspend:sus sview:sv swapname:sw syncbind:sync syntime:synti tNext:tN tab ' +
  'tabNext:tabN tabclose:tabc tabdo:tabd tabedit:tabe tabfind:tabf tabfirst:tabfir tablast:tabl tabmove:tabm tabnew ' +
  'tabnext:tabn tabonly:tabo tabprevious:tabp tabrewind:tabr tabs tag:ta tags tcd:tc tchdir:tch tcl tcldo:tcld ' +
  'tclfile:tclf tearoff:te terminal:ter tfirst:tf throw:th tjump:tj tlast:tl tlmenu:tlm tlnoremenu:tln tlunmenu:tlu ' +
  'tmap:tma tmapclear:tmapc tmenu:tm tnext:tn tnoremap:tno topleft:to tprevious:tp trewind:tr try tselect:ts ' +
  'tunmap:tunma tunmenu:tu type:ty unabbreviate:una undojoin:undoj undolist:undol unhide:unh unlockvar:unlo ' +
  'unmenu:unme verbose:verb version:ve vertical:vert vimgrep:vim vimgrepadd:vimgrepa viusage:viu vmenu:vme vnew:vne ' +
  'vnoremenu:vnoreme vsplit:vs vunmenu:vunme wNext:wN while:wh wincmd:winc windo:wind winpos:winp winsize:wi ' +
  'wprevious:wp wundo:wu wviminfo:wv xmenu:xme xnoremenu:xnoreme xrestore:xr xunmenu:xunme z'
).split(' ');

/** What vim says of a command it was built without. */
function* refuse(_: Editor, { name }: ExCall): Waiting<void> {
  throw new EditorError(`E319: Sorry, the command is not available in this version: :${name}`);
}

/** Commands that are known and refused. */
export const MISSING_COMMANDS: readonly ExCommand[] = NAMES.map((each) => {
  const [name = '', short = name] = each.split(':');
  return { name, short, ranges: true, takesBar: true, run: refuse };
});
