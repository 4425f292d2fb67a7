/** What practice has beside the task: checks looked at, moments to go back to, another cause, the solution. */
export const PRACTICE = {
  'checks.title': 'Checks now: {points} of {total, plural, one {# point} other {# points}}',
  'checks.looking': 'Looking at a copy of your cluster …',
  'checks.waits': 'The clock stands still meanwhile.',
  'checks.how':
    'Nothing is kept of this look. What was expected stands in the report, after F10. Esc goes back to the terminal, and the attempt goes on.',
  'moments.title': 'Back to which moment?',
  'moments.start': 'the start',
  'moments.how':
    'Enter goes back to before that command, with the clock as it was then. What you have done since is kept in a journal of its own.',
  'moments.ask': 'Back to before this command, at {time}?',
  'moments.ask-start': 'Back to the start?',
  'moments.asks':
    'Enter goes back. What you have done since is not graded; `kubedrill replay` still plays it. Hints stay taken. Esc stays here.',
  'another.title': 'Another cause?',
  'another.how': 'Enter opens the same lab with another draw, from its beginning. This attempt is not graded then.',
  'solution.title': 'See the solution?',
  'solution.how':
    'Enter shows it beside your own work, and Ctrl-] y types it step by step. The attempt is graded as always, but does not count as mastered.',
  'solution.how-real':
    'Enter shows it beside your own work. The attempt is graded as always, but does not count as mastered.',
  'solution.typed': 'Solution · {typed} of {all} typed',
  'solution.next': 'Ctrl-] y types the next step · Ctrl-] s shows the task',
  'solution.back': 'Ctrl-] s shows the task',
  'report.solution-seen': 'The solution was looked at: this attempt does not count as mastered.',
  'no.practice': 'not in an exam',
  'no.practice-here': 'only in practice of a lab',
  'no.solution-typed': 'the whole solution has been typed',
} as const;
