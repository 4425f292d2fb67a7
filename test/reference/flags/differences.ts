const NOT_READ = 'What this flag is for is not there, and its file is not read.';

/** Starts that end in another way than at the real server, each with its reason. */
export const UNLIKE: Readonly<Record<string, string>> = {
  'authentication: webhook, no file': NOT_READ,
  'tls-sni-cert-key=FOLDER/a,FOLDER/b': NOT_READ,
  'endpoint-reconciler-type=nonsense': 'There is one way to keep the endpoints of the server.',
  'cors-allowed-origins=[': 'No browser asks.',
  'show-hidden-metrics-for-version=1.10': 'There are no metrics that were hidden.',
  'emulated-version=1.20': 'The server is of its own version alone.',
};
