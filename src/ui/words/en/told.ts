/** What is done while one waits, as the rooms below tell it, and what sessions say in their terminals. */
export const TOLD = {
  'steps.doing-again-what-you-did': 'doing again what you did',
  'steps.last-time-s-cluster-cannot-be-rebuilt-the-lesson-begins-anew':
    'last time’s cluster cannot be rebuilt; the lesson begins anew',
  'steps.letting-it-come-to-rest': 'letting it come to rest',
  'steps.looking-at-it': 'looking at it',
  'steps.making-a-copy-of-your-cluster': 'making a copy of your cluster',
  'steps.opening-a-terminal': 'opening a terminal',
  'steps.starting-the-cluster': 'starting the cluster',
  'steps.trying-it-out-which-may-take-minutes': 'trying it out, which may take minutes',
  'session.new-shell': 'the shell has ended; here is a new one',
  'session.no-pseudo-terminal':
    'no pseudo-terminal can be had here: Enter opens your shell in the whole window, and `exit` comes back',
  'session.no-shell': 'your shell {shell} cannot be started: {reason}; a key tries again',
  'session.own-editor': '{path} is open in your own editor; time stands still',
  'session.shell-ended-at-once': 'your shell ended at once, with status {status}; a key opens another',
} as const;
