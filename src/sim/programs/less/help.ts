const MOVING = [
  ['e  j  ^E  ^N  CR  Down', 'one line on (or N)'],
  ['y  k  ^Y  ^P  Up', 'one line back (or N)'],
  ['J  K', 'the same, also past the ends of the text'],
  ['f  ^F  ^V  SPACE  PageDown', 'one screen on (or N lines)'],
  ['b  ^B  ESC-v  PageUp', 'one screen back (or N lines)'],
  ['z  w', 'one screen on or back; N becomes the size of a screen'],
  ['d  ^D', 'half a screen on (N lines, also for later d and u)'],
  ['u  ^U', 'half a screen back'],
  ['g  <  Home', 'the first line (or line N)'],
  ['G  >  End', 'the last line (or line N)'],
  ['p  %', 'N percent into the text'],
  ['Right  Left', 'half a screen to the side (or N columns)'],
  ['ESC-}  ESC-{', 'to the end of the longest line, and back'],
  ['F', 'wait for what is added to the text; Ctrl-C ends it'],
  ['r  ^R  ^L', 'paint the screen again'],
] as const;

const SEARCHING = [
  ['/pattern', 'the next line that matches (N-th with N)'],
  ['?pattern', 'the same, backward'],
  ['n  N', 'the search again, and in the other direction'],
  ['ESC-n  ESC-N', 'the same, on through all files'],
  ['ESC-u  ESC-U', 'hide or show what is marked; forget it'],
  ['&pattern', 'show matching lines only; no pattern: all lines'],
  ['', 'Typed first in a pattern: ^N or ! lines that do not match,'],
  ['', '^E or * on through all files, ^F or @ from the first file,'],
  ['', '^K mark but do not move, ^R no pattern but plain text, ^W wrap'],
] as const;

const REST = [
  ['ma  Ma', 'set mark a at the top (m) or bottom (M) line'],
  ["'a", "go to mark a; '' where you were, '^ and '$ the ends"],
  [':e file', 'look at another file'],
  [':n  :p  :x', 'the next, the previous, the first file (N-th with N)'],
  [':d', 'take this file off the list'],
  ['=  ^G  :f', 'name of the file and where in it you are'],
  ['-X  --name', 'change option X, or the option of this name'],
  ['_X', 'tell how option X is set'],
  ['+command', 'run a command whenever a file is opened'],
  ['!command', 'run a command in the shell'],
  ['v', 'edit the file ($VISUAL or $EDITOR)'],
  ['s file', 'keep what came through a pipe in a file'],
  ['V', 'the version'],
] as const;

const OPTION_LINES = [
  ['-e  -E', 'end at the end of the text, the second time or at once'],
  ['-F', 'end when all of it fits on the screen'],
  ['-g  -G', 'mark only the last match, or none'],
  ['-i  -I', 'case does not matter, -I also for patterns with capitals'],
  ['-j N', 'the row where lines that were looked for are put'],
  ['-K', 'end by Ctrl-C'],
  ['-m  -M', 'say more in the prompt'],
  ['-N', 'numbers before lines'],
  ['-p pattern', 'begin at the first match'],
  ['-r  -R', 'control characters as they are; colours only'],
  ['-s', 'several empty lines as one'],
  ['-S', 'cut long lines instead of folding them'],
  ['-x N', 'columns of a tab'],
  ['-X', 'stay on the ordinary screen'],
  ['-~', 'no tildes behind the end'],
] as const;

function section(title: string, rows: readonly (readonly [string, string])[]): string {
  const lines = rows.map(([keys, meaning]) => `  ${keys.padEnd(27)} ${meaning}`.trimEnd());
  return [`  ${title}`, '', ...lines, '', ''].join('\n');
}

/** What h shows: the commands this less knows. */
export const HELP = `
                   SUMMARY OF LESS COMMANDS

  A number N may stand before many commands. ^X is X with Ctrl, ESC-x is Escape and then x.

  h  H                        this text
  q  :q  Q  :Q  ZZ            end

${section('MOVING', MOVING)}${section('SEARCHING', SEARCHING)}${section('FILES, MARKS AND THE REST', REST)}${section('OPTIONS', OPTION_LINES)}`;
