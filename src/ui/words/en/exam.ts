/** What is said before, in and after an exam. */
export const EXAM = {
  'exam-start.seed': 'seed {seed}',
  'exam-start.facts':
    '**{tasks, plural, one {# task} other {# tasks}} · {minutes, plural, one {# minute} other {# minutes}} · {percent} % passes**',
  'exam-start.sites': 'You may open these sites, as in the real exam:',
  'exam-start.instead':
    'For a whole {wanted} {lacks, plural, one {# lab} other {# labs}} too few are here. This is a shorter one, the {title}.',
  'exam-start.hosts':
    'Each task is done on a host of its own, and says which. You begin on `base`, which has no tools: go there with `ssh`, and `exit` before the next task.',
  'exam-start.wrong-host': 'What is done on a wrong host earns nothing.',
  'exam-start.points':
    'Checks earn points one by one; each task weighs what its header says. Order does not matter, and what is not opened earns nothing.',
  'exam-start.no-help': 'There are no titles, no hints and no reset. Nothing is told of points before the end.',
  'exam-start.keys':
    'F6 and F7 go from task to task, F8 jumps, F5 flags, F9 is a notepad. F10 finishes before the time is over.',
  'exam-start.clock-runs':
    'The clock **runs on** while kubedrill is closed or the computer sleeps, as in the real exam; `i` changes that.',
  'exam-start.clock-stands':
    'The clock **stands still** while kubedrill is closed or the computer sleeps; `i` changes that.',
  'exam-start.coach': 'The header tells how many minutes you are over your plan; `c` takes that away.',
  'exam-start.again':
    '{tasks, plural, one {# task} other {# tasks}} stood in one of your last exams too: there are no others yet.',
} as const;
