/** Scenarios in which ours differs from the real cluster, with the reason. The test fails when one of them agrees. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'a deployment in mid-roll is scaled in proportion': 'Of pods that are equal in all that counts any may go.',
  'no more go than have to, the least important first':
    'Victims end one after the other: the pod may be looked at in between.',
  'the fewest budgets are hurt': 'How often a budget is looked at meanwhile depends on how fast everybody is.',
};
