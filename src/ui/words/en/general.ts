/** What several parts of the screens say. */
export const GENERAL = {
  'grading.failed': 'Grading failed',
  'number.percent': '{number} %',
  'open.failed': '{title} could not be opened',
  'time.of': '{spent} of {limit}',
  'time.of-over': '{spent} of {limit}, over time',
} as const;
