/** The list of labs. */
export const CATALOGUE = {
  'catalogue.labs': '{labs, plural, one {# lab} other {# labs}}',
  'catalogue.exams': '{exams, plural, one {# exam} other {# exams}}',
  'catalogue.mastered': '{share} mastered',
  'catalogue.exam-tasks': '{count} tasks',
  'catalogue.exam-best': 'best {percent} %',
  'catalogue.best': 'best {points}',
  'catalogue.minutes': '{minutes} min',
  'catalogue.domain': '{mastered} of {labs}',
  'catalogue.all': 'all',
  'catalogue.from-base': 'from base: on',
  'catalogue.only': '{certification} only',
  'catalogue.empty': 'There are no labs here. `kubedrill doctor` says what is wrong.',
  'catalogue.nothing': 'Nothing is called “{query}”. Esc ends the search.',
  'catalogue.nothing-in':
    'Nothing in {certification} is called “{query}”, {labs, plural, =0 {nor anything in the others} one {but # lab in the others} other {but # labs in the others}}. {key} changes the certification, Esc ends the search.',
} as const;
