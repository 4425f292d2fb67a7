/** Scenarios in which ours differs from the real kubelet, with the reason. The test fails when one of them agrees. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {};
