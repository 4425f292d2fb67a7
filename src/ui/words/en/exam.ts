/** What is said before, in and after an exam. */
export const EXAM = {
  'exam.minutes-left': '{minutes, plural, one {# minute is left.} other {# minutes are left.}}',
  'exam.preparing': 'preparing the exam',
  'exam.no-tools-at-base': 'base has no tools; they are on {host}.',
  'exam.grading': 'Your exam is being graded',
  'exam.time-over-grading': 'The time is over. Your exam is being graded',
  'exam.task-of': 'task {number} of {total}',
  'exam.task-step': '{task}: {step}',
  'exam.kept': 'Your exam is kept; when you go on with it, it is graded.',
  'exam.leaving': 'Leaving the {title}',
  'exam.task-gone': 'The cluster of task {number} is not there',
  'exam.task-rebuild': 'Enter builds it again, as it was. The exam goes on, and so does its clock.',
  'exam.shells-gone': 'The shells of task {number} are not there',
  'exam.shells-rebuild':
    'Enter opens another. What was done on the cluster stands, and the exam goes on with its clock.',
  'exam.task-silent': 'The cluster of task {number} has not answered for {seconds} seconds',
  'exam.silent-rebuild':
    'Enter ends it and builds it again, as it was before your last key. The exam goes on, and so does its clock. n waits.',
  'exam.on-plan': 'on plan',
  'exam.over-plan': '{minutes} min over plan',
  'exam.in-hand': '{minutes} min in hand',
  'exam.not-written': 'Not written down: {reason}',
  'exam.preparing-task': 'preparing the cluster of task {number}',
  'exam.strip-says':
    'Above the task: [4] is in front, 4· was opened, 4⚑ is flagged. Nothing there says whether it is right.',
  'exam-task.in-front': 'in front',
  'exam-task.opened': 'opened',
  'exam-task.not-opened': 'not opened',
  'exam-task.flagged': 'flagged',
  'exam-jump.title': 'Jump to a task',
  'exam-jump.how': 'type its number',
  'exam-notes.title': 'Notes',
  'exam-notes.what': 'kept with the exam, never graded',
  'exam-links.title': 'Web sites that the exam allows',
  'exam-links.below': 'and everything below',
  'exam-links.how': 'Open them in your browser: many terminals do so when an address is clicked with Ctrl.',
  'exam-finish.title': 'Finish the exam?',
  'exam-finish.not-opened': 'Not opened: {tasks}',
  'exam-finish.flagged': 'Flagged: {tasks}',
  'exam-finish.nothing-left': 'Every task was opened, and none is flagged.',
  'exam-finish.leave-clock-runs':
    'l and q leave it unfinished: you can go on with it later, and its clock runs on meanwhile.',
  'exam-finish.leave-clock-stands':
    'l and q leave it unfinished: you can go on with it later, and its clock stands still meanwhile.',
  'exam-finish.surely': 'Really finish the exam?',
  'exam-finish.surely-what':
    'Enter ends it and grades all {tasks, plural, one {# task} other {# tasks}} as they are now. There is no way back.',
  'exam-result.time-over': '{spent} of {limit}, the time was over',
  'exam-result.score': '{score}; {percent} % passes.',
  'exam-result.passed': 'Passed with {percent} %',
  'exam-result.not-passed': 'Not passed: {percent} %',
  'exam-result.not-asked': 'not asked',
  'exam-result.earned': '{earned} of {weight} %',
  'exam-result.again': 'again {points}',
  'exam-start.facts':
    '**{tasks, plural, one {# task} other {# tasks}} · {minutes, plural, one {# minute} other {# minutes}} · {percent} % passes**',
  'exam-start.sites': 'You may open these sites, as in the real exam:',
  'exam-start.instead':
    'For a whole {wanted} {lacks, plural, one {# lab} other {# labs}} too few are here. This is a shorter one, the {title}.',
  'exam-start.instead-real':
    'For a whole {wanted} {lacks, plural, one {# lab} other {# labs}} too few can share {cluster}: {fit} of {labs} can. This is a shorter one, the {title}.',
  'exam-start.shared':
    'All tasks share one cluster, **{cluster}**. Each has namespaces of its own; what you do in those of another counts there.',
  'exam-start.own-shell':
    'You work in your own shell with your own tools, and one kubeconfig for all tasks. Each task has a folder of its own for answers, in which its shells begin.',
  'exam-start.set-up':
    'The clock begins when everything is set up. The end grades the cluster itself, and puts it back as it was.',
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
