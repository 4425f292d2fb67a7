/** Attempts on a real cluster: while one is made, what is asked, and what there is not. */
export const REAL = {
  'ask.title': 'May this be done to your cluster?',
  'ask.how': 'y goes on. Esc leaves everything as it is.',
  'no.graded-over': 'checks have changed the cluster, so this attempt is over',
  'no.on-real': 'only on a simulated cluster: a real one can be neither copied nor set back',
  'no.only-on-real': 'only on a real cluster',
  'no.typed-on-real': 'a shell of your own is typed in by you alone',
  'real.dropped': 'What it made is still there',
  'real.dropped-context': '`kubedrill cluster delete {cluster}` takes it away; the next task there asks whether to.',
  'real.dropped-kind': '`kubedrill cluster list` shows its cluster as left, and `kubedrill cluster delete` removes it.',
  'real.leaving': 'Putting {cluster} back as it was',
  'real.left': 'Not everything could be put back',
  'real.place': 'step {number} of {of}, {time}',
  'real.spent': 'Checks have changed the cluster, so this attempt is over.',
  'real.step': 'Step {number} of {of}: {step}',
  'real.stopping': 'stopping: what was made is taken away again',
  'shell.whole-window': 'Your shell has the whole window; exit comes back',
} as const;
