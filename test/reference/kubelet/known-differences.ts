/** Scenarios in which ours differs from the real kubelet, with the reason. The test fails when one of them agrees. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'a static pod that is changed':
    'The real one looks only ten seconds later whether the former is gone, and then makes the new one and its mirror.',
  'a static pod that is taken away': 'What is left of its container goes with the next round of clearing away.',
  'unready after one failure':
    'Ours asks for the first time before the script has made the file, the real one after it.',
};
