type Differences = ReadonlyMap<string, string>;

/** Cases in which our text in the end, and so the screen, is not the real one's, each with its reason. */
export const DIFFERS_IN_TEXT: Differences = new Map([
  ['quoted.txt das', 'a sentence is looked for on one line only'],
  ['quoted.txt dis', 'a sentence is looked for on one line only'],
  ['quoted.txt jjfadaB', 'the real one finds a block that only begins behind the cursor'],
]);

const STAYS = 'the message stays or goes: the real one knows by how much the terminal itself scrolled';
const TINY = 'in a window of 20 by 5 a message longer than the line makes the real one ask for Enter';
const CENTRED = 'the window follows a far jump by half of itself, where ours scrolls just so far';

/** Cases in which only our screen is not the real one's, each with its reason. */
export const DIFFERS_ON_SCREEN: Differences = new Map([
  ['code.txt 5jdi{', STAYS],
  ['long.txt jjD', STAYS],
  ['numbers.txt 20,5', TINY],
  ['numbers.txt 20,5 /line 4<CR>', TINY],
  ['numbers.txt 20,5 3dd', TINY],
  ['numbers.txt 20,5 :set nu<CR>', TINY],
  ['numbers.txt 20,5 G', TINY],
  ["numbers.txt 20Gmx40Gd'x", CENTRED],
  ['numbers.txt :40<CR>', CENTRED],
  ['numbers.txt G<C-b>', STAYS],
  ['numbers.txt Gx<C-o>', 'Ctrl-O, the way back through jumps, is not here'],
  ['pod.yaml :set nu<CR>5Gdd', STAYS],
  ['poem.txt /x/b+1<CR>', 'the real one shows the offset b by its other name, s'],
  [
    'poem.txt :%s/\\n//<CR>',
    'lines joined by a substitution: the real one leaves the last newline out and stays where it joined',
  ],
  ['poem.txt wviwpu', 'the real one says nothing of the undo behind E353'],
  ['wide.txt jjw', 'columns of an emoji as the terminal of that vim counts them'],
  ['wide.txt jjxxxxx', 'columns of an emoji as the terminal of that vim counts them'],
]);
