/** What several parts of the screens say, and what is told in between. */
export const GENERAL = {
  'editor.waiting': 'Waiting for your editor to close the file',
  'grading.failed': 'Grading failed',
  'keep.failed': 'Nothing can be kept',
  'look.failed': 'Cannot be looked at: {reason}',
  'mouse.title': 'To select text hold Shift while you drag',
  'mouse.how': 'The mouse wheel scrolls here. Ctrl-] m gives the mouse to your terminal, and takes it again.',
  'notice.title': 'Please note',
  'notice.no-exam': 'No exam',
  'number.percent': '{number} %',
  'open.failed': '{title} could not be opened',
  'time.of': '{spent} of {limit}',
  'time.of-over': '{spent} of {limit}, over time',
  'unfinished.title': 'Go on with one of these?',
  'unfinished.go-on': 'Go on with “{title}”?',
  'unfinished.drop': 'Drop “{title}”?',
  'unfinished.how':
    'Enter goes on where it stopped. Esc leaves it for later: r in the catalogue shows this again. d drops it for good; its points, if any, are kept.',
  'unfinished.or-anew':
    'You stopped in the middle of it. Enter goes on where it stopped. n begins anew; the unfinished one is kept: r in the catalogue shows it.',
  'unfinished.dropping': 'It is not graded then and cannot be gone on with. d again drops it; Esc keeps it.',
  'unfinished.exam': 'exam',
  'unfinished.left': '{time} left',
  'unfinished.to-be-graded': 'to be graded',
  'unfinished.stays': 'It stays',
  'window.rows-below': '{rows, plural, one {# more row} other {# more rows}} below',
} as const;
