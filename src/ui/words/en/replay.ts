/** What is said while an attempt is played again. */
export const REPLAY = {
  'replay.loading': 'Replay',
  'replay.starting': 'starting the cluster',
  'replay.title': 'Replay: {title}',
  'replay.task': 'task {number}',
  'replay.terminal': 'terminal {number}',
  'replay.of': '{time} of {length}',
  'replay.speed': '{speed}×',
  'replay.paused': 'paused',
  'replay.waits': 'getting ready',
  'replay.end': 'the end',
  'replay.hint': 'took a hint',
  'replay.graded': 'had it graded',
  'replay.looked': 'looked at the checks',
  'replay.solution': 'looked at the solution',
  'replay.cut': 'It is played up to here',
  'replay.reason': '{reason}.',
} as const;
