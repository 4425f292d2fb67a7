/** What is said to those who hear the screens, or read them by touch. */
export const LINEAR = {
  'linear.welcome':
    'Screen-reader mode: everything is said as plain lines, once. Ctrl-L says a page again; in a terminal Ctrl-] . says task, host and time, Ctrl-] t the task, and Ctrl-] Space lists the commands.',
  'linear.keys': 'Keys: {keys}',
  'linear.row': '{row} of {rows}: {text}',
  'linear.task': 'Task {number}, {percent} of the exam, on {host}.',
  'linear.flagged': 'Flagged: {numbers}',
  'linear.none-flagged': 'No task is flagged.',
  'linear.terminal': 'Terminal {number}, on {host}; {open} are open.',
  'linear.left-out': '(what was printed before this is left out)',
  'linear.passed': 'passed',
  'linear.failed': 'failed',
  'linear.partly': 'partly',
  'linear.flag': 'flagged',
  'linear.taken': 'taken',
  'linear.difficulty': 'difficulty {number} of 5',
  'linear.scrollback': 'What a terminal printed stands above, in your own terminal.',
  'status.title': 'Where you are',
  'status.lab': '{title}, on {host}. {time} so far, of {limit}.',
  'status.exam': 'Task {number} of {total}, on {host}. {time} left.',
} as const;
